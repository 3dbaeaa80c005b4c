using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Core.Processes.Designing;

/// <summary>An activity in the JSON of a definition.</summary>
/// <param name="Json">The activity itself.</param>
/// <param name="Parent">The activity it is embedded in; null for the root.</param>
/// <param name="NodeId">Path of ids from the workflow, e.g. <c>Workflow1:Flowchart1:Task1</c>, as instances record it.</param>
/// <param name="Port">Property of the parent that holds it, in Elsa's spelling, e.g. <c>Activities</c>.</param>
public sealed record ActivityPlace(JsonObject Json, ActivityPlace? Parent, string NodeId, string Port)
{
    /// <summary>Its id.</summary>
    public string Id => (string)Json["id"]!;

    /// <summary>Its type name.</summary>
    public string Type => (string)Json["type"]!;
}

/// <summary>
/// Walks the activities of a definition by their shape alone, so that types nobody knows are found as well: an activity is an object
/// with the texts <c>id</c> and <c>type</c>, directly below a property of another activity, in a list, or in a case of a switch.
/// </summary>
public static class ActivityTree
{
    /// <summary>Id of the node above the root, as Elsa names it.</summary>
    public const string WorkflowNode = "Workflow1";

    private static readonly HashSet<string> NotActivities = new(StringComparer.Ordinal)
    {
        "metadata", "customProperties", "variables", "connections", "expression", "memoryReference",
    };

    /// <summary>Every activity from the root down, parents before what is embedded in them.</summary>
    public static IEnumerable<ActivityPlace> Walk(JsonObject root)
    {
        var above = new Stack<ActivityPlace>();
        if (IsActivity(root))
            above.Push(new ActivityPlace(root, null, $"{WorkflowNode}:{(string)root["id"]!}", "Root"));
        while (above.TryPop(out var place))
        {
            yield return place;
            foreach (var child in Embedded(place).Reverse())
                above.Push(child);
        }
    }

    /// <summary>Writes the <c>nodeId</c> of every activity anew; Studio finds instances' records by it.</summary>
    public static void NumberNodes(JsonObject root)
    {
        foreach (var place in Walk(root).ToList())
            place.Json["nodeId"] = place.NodeId;
    }

    /// <summary>Whether the object is an activity.</summary>
    public static bool IsActivity(JsonObject json) => IsText(json["id"]) && IsText(json["type"]);

    private static IEnumerable<ActivityPlace> Embedded(ActivityPlace place)
    {
        foreach (var (name, value) in place.Json)
        {
            if (name.Length == 0 || NotActivities.Contains(name))
                continue;
            var port = char.ToUpperInvariant(name[0]) + name[1..];
            foreach (var child in ActivitiesIn(value, depth: 0))
                yield return new ActivityPlace(child, place, $"{place.NodeId}:{(string)child["id"]!}", port);
        }
    }

    // A case of a switch is an object in a list that holds its activity one level further down; nothing nests deeper.
    private static IEnumerable<JsonObject> ActivitiesIn(JsonNode? value, int depth) => value switch
    {
        JsonObject json when IsActivity(json) => [json],
        JsonObject json when depth == 1 => json.Where(pair => !NotActivities.Contains(pair.Key))
            .SelectMany(pair => pair.Value is JsonObject inner && IsActivity(inner) ? [inner] : Array.Empty<JsonObject>()),
        JsonArray list when depth == 0 => list.SelectMany(item => ActivitiesIn(item, 1)),
        _ => [],
    };

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;
}
