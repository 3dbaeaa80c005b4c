using System.Text.Json;

namespace Approvals.Web.Diagram;

/// <summary>Where a step stands in a running case.</summary>
public enum FlowStepState
{
    /// <summary>未到.</summary>
    NotReached,

    /// <summary>办理中.</summary>
    Current,

    /// <summary>已办.</summary>
    Done,

    /// <summary>已撤销 — given up by a return or a refusal elsewhere.</summary>
    Withdrawn,

    /// <summary>故障.</summary>
    Faulted,

    /// <summary>未变 — between two versions.</summary>
    Unchanged,

    /// <summary>新增.</summary>
    Added,

    /// <summary>修改.</summary>
    Changed,

    /// <summary>删除.</summary>
    Removed,
}

/// <summary>A box of the diagram, in the designer's coordinates.</summary>
internal sealed record FlowBox(string Id, string Type, string Text, double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double MiddleX => X + (Width / 2);

    public double MiddleY => Y + (Height / 2);
}

/// <summary>A connection of the diagram.</summary>
internal sealed record FlowLine(FlowBox From, FlowBox To, string? Port, IReadOnlyList<(double X, double Y)> Corners)
{
    /// <summary>What stands beside it, in the reader's language; empty for nothing.</summary>
    public string Caption { get; init; } = "";
}

/// <summary>What the designer drew: boxes and lines of a definition's root flowchart.</summary>
internal sealed record FlowDrawing(string Name, IReadOnlyList<FlowBox> Boxes, IReadOnlyList<FlowLine> Lines)
{
    private const double DefaultWidth = 140;
    private const double DefaultHeight = 50;

    /// <summary>Reads Elsa 3 JSON. A definition whose root is no flowchart has its activities in a row.</summary>
    public static FlowDrawing Read(string definitionJson, FlowWords words)
    {
        using var document = JsonDocument.Parse(definitionJson);
        var definition = document.RootElement;
        var name = words.Of(Text(definition, "name") ?? "");
        if (!definition.TryGetProperty("root", out var root) || !root.TryGetProperty("activities", out var activities))
        {
            return new FlowDrawing(name, [], []);
        }

        var boxes = activities.EnumerateArray().Select((activity, index) => BoxOf(activity, index, words)).ToList();
        var byId = boxes.ToDictionary(box => box.Id, StringComparer.Ordinal);
        var lines = root.TryGetProperty("connections", out var connections)
            ? connections.EnumerateArray().Select(line => LineOf(line, byId, words)).OfType<FlowLine>().ToList()
            : boxes.Zip(boxes.Skip(1), (from, to) => new FlowLine(from, to, null, [])).ToList();
        return new FlowDrawing(name, boxes, lines);
    }

    /// <summary>The same drawing with boxes and corners somewhere else.</summary>
    public FlowDrawing Moved(Func<FlowBox, FlowBox> box, Func<(double X, double Y), (double X, double Y)> corner)
    {
        var moved = Boxes.ToDictionary(one => one, box, ReferenceEqualityComparer.Instance as IEqualityComparer<FlowBox>);
        return this with
        {
            Boxes = [.. Boxes.Select(one => moved[one])],
            Lines = [.. Lines.Select(line => line with
            {
                From = moved[line.From], To = moved[line.To], Corners = [.. line.Corners.Select(corner)],
            })],
        };
    }

    private static FlowBox BoxOf(JsonElement activity, int index, FlowWords words)
    {
        var id = Text(activity, "id") ?? "";
        var type = Text(activity, "type") ?? "";
        var metadata = Child(activity, "metadata");
        var designer = Child(metadata, "designer");
        var position = Child(designer, "position");
        var size = Child(designer, "size");
        var text = Text(metadata, "displayText") ?? Text(activity, "name") ?? id;
        return new FlowBox(
            id, type, words.Of(text),
            Number(position, "x") ?? index * (DefaultWidth + 60), Number(position, "y") ?? 0,
            Number(size, "width") is > 0 and var width ? width : DefaultWidth,
            Number(size, "height") is > 0 and var height ? height : DefaultHeight);
    }

    private static FlowLine? LineOf(JsonElement connection, Dictionary<string, FlowBox> boxes, FlowWords words)
    {
        var source = Child(connection, "source");
        var target = Child(connection, "target");
        if (!boxes.TryGetValue(Text(source, "activity") ?? "", out var from)
            || !boxes.TryGetValue(Text(target, "activity") ?? "", out var to))
        {
            return null;
        }

        var corners = connection.TryGetProperty("vertices", out var vertices) && vertices.ValueKind == JsonValueKind.Array
            ? vertices.EnumerateArray().Select(corner => (Number(corner, "x") ?? 0, Number(corner, "y") ?? 0)).ToList()
            : [];
        var port = Text(source, "port");
        return new FlowLine(from, to, port, corners) { Caption = words.Of(FlowCaption.Of(port)) };
    }

    private static JsonElement Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static string? Text(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? value : null;

    private static double? Number(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
