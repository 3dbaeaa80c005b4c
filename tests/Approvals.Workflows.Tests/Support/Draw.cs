using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>Draws definitions in a line: <c>Draw.Flow("s:Start", "a:Test.Wait").Lines("s>a", "a.Back>s")</c>.</summary>
public sealed class Draw
{
    private readonly JsonObject _root = new() { ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1 };
    private readonly JsonObject _model;

    private Draw(JsonArray activities, string name)
    {
        _root["activities"] = activities;
        _root["connections"] = new JsonArray();
        _model = new JsonObject
        {
            ["id"] = name + "-v1", ["definitionId"] = name, ["name"] = name, ["version"] = 1, ["variables"] = new JsonArray(),
            ["root"] = _root,
        };
    }

    public JsonObject Model => _model;

    public string Json => _model.ToJsonString();

    /// <summary>The definition as the version with this id.</summary>
    public string Named(string version)
    {
        _model["id"] = version;
        return Json;
    }

    public static Draw Flow(params string[] activities) => new(new JsonArray([.. activities.Select(a =>
    {
        var parts = a.Split(':');
        return Activity(parts[0], parts[1]);
    })]), "flow");

    public static Draw Of(params JsonObject[] activities) => new(new JsonArray([.. activities]), "flow");

    public static JsonObject Activity(string id, string type, params (string Name, JsonNode? Value)[] properties)
    {
        var json = new JsonObject
        {
            ["id"] = id, ["name"] = id, ["type"] = type.Contains('.', StringComparison.Ordinal)
                || type == "child" ? type : "Elsa." + type,
            ["version"] = 1,
        };
        foreach (var (name, value) in properties)
            json[name] = value;
        return json;
    }

    public static JsonNode Literal(object value) => Expression("Literal", Values.ToText(value)!);

    public static JsonNode Js(string script) => Expression("JavaScript", script);

    public static JsonNode Expression(string type, string value) => new JsonObject
    {
        ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value },
    };

    public static JsonNode To(string variable) => new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = variable } };

    public static JsonObject Chart(string id, params JsonObject[] activities) => new()
    {
        ["id"] = id, ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = new JsonArray([.. activities]),
        ["connections"] = new JsonArray([.. activities.Zip(activities.Skip(1)).Select(p =>
            Line($"{p.First["id"]}>{p.Second["id"]}"))]),
    };

    public static JsonObject Sequence(string id, params JsonObject[] activities) => new()
    {
        ["id"] = id, ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray([.. activities]),
    };

    public static JsonObject Line(string line)
    {
        var ends = line.Split('>');
        var source = ends[0].Split('.');
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        };
    }

    /// <summary>Connections as <c>source.Port>target</c>; several as <c>a>b>c</c> are not meant.</summary>
    public Draw Lines(params string[] lines)
    {
        foreach (var line in lines.SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            _root["connections"]!.AsArray().Add(Line(line));
        return this;
    }

    public Draw Merge(string id, string mode)
    {
        Find(id)["customProperties"] = new JsonObject { ["mergeMode"] = mode };
        return this;
    }

    public Draw Set(string id, string name, JsonNode value)
    {
        Find(id)[name] = value;
        return this;
    }

    public Draw Variable(string name, string type, object? value = null)
    {
        _model["variables"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "v" + name, ["name"] = name, ["typeName"] = type, ["isArray"] = false, ["value"] = Values.ToText(value),
        });
        return this;
    }

    public Draw Option(string name, string value)
    {
        _model["options"] ??= new JsonObject();
        _model["options"]![name] = value;
        return this;
    }

    public Host Host(WorkflowEngineOptions? options = null, params WorkflowDefinition[] published) => new(Json, options,
        published);

    private JsonObject Find(string id) => _root["activities"]!.AsArray().First(a =>
        a!["id"]!.GetValue<string>() == id)!.AsObject();
}
