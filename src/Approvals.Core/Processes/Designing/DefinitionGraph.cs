using System.Text.Json.Nodes;

namespace Approvals.Core.Processes.Designing;

/// <summary>A step on the way from an activity up to the workflow.</summary>
/// <param name="ActivityNodeId">Path of the activity on the way.</param>
/// <param name="ActivityId">Its id.</param>
/// <param name="ActivityType">Its type.</param>
/// <param name="PortName">Port that is followed inside of it.</param>
/// <param name="ActivityName">Its name.</param>
public sealed record PathSegment(string ActivityNodeId, string ActivityId, string ActivityType, string PortName, string ActivityName);

/// <summary>The activities of a version by their paths, with the inside of processes that are used as activities.</summary>
public sealed class DefinitionGraph
{
    private const int MaxDepth = 8;

    private readonly Dictionary<string, ActivityPlace> places = new(StringComparer.Ordinal);
    private readonly ILookup<ActivityPlace, ActivityPlace> children;
    private readonly ActivityPlace top;

    /// <summary>Builds the graph of a version.</summary>
    /// <param name="model">The model as the designer is given it.</param>
    /// <param name="known">Finds the process that an activity stands for.</param>
    public DefinitionGraph(JsonObject model, KnownActivities known)
    {
        top = new ActivityPlace(Workflow(model), null, ActivityTree.WorkflowNode, "Root");
        var parents = new List<(ActivityPlace Parent, ActivityPlace Child)>();
        if (model["root"] is JsonObject root)
            Add((JsonObject)root.DeepClone(), top, "Root", 0);
        children = parents.ToLookup(pair => pair.Parent, pair => pair.Child);
        return;

        void Add(JsonObject json, ActivityPlace above, string port, int depth)
        {
            foreach (var found in ActivityTree.Walk(json).ToList())
            {
                var parent = found.Parent is null ? above : places[Below(above.NodeId, found.Parent.NodeId)];
                var place = new ActivityPlace(
                    found.Json, parent, Below(above.NodeId, found.NodeId), found.Parent is null ? port : found.Port);
                found.Json["nodeId"] = place.NodeId;
                places[place.NodeId] = place;
                parents.Add((parent, place));
                if (depth < MaxDepth && known.WorkflowOf(found.Json) is { } inner)
                    Add((JsonObject)inner.Root.DeepClone(), place, "Root", depth + 1);
            }
        }
    }

    /// <summary>An activity with everything inside of it, as Studio reads a graph; the whole workflow when the path is unknown or null.</summary>
    public JsonObject Node(string? nodeId) => Describe(nodeId is not null && places.TryGetValue(nodeId, out var place) ? place : top);

    /// <summary>
    /// The way from an activity to the workflow: those on it that Studio shows in its breadcrumbs, innermost first, and the node where
    /// that way begins; null when there is no such activity.
    /// </summary>
    public (JsonObject Child, JsonObject Container, IReadOnlyList<PathSegment> Segments)? Way(string nodeId)
    {
        if (!places.TryGetValue(nodeId, out var child))
            return null;
        var segments = new List<PathSegment>();
        var container = top;
        var inside = (ActivityPlace?)null;
        for (var place = child.Parent; place is not null && place != top; inside = place, place = place.Parent)
        {
            if (place.Type is "Elsa.Flowchart")
                continue;
            var name = (place.Json["name"] as JsonValue)?.ToString() ?? place.Type;
            segments.Add(new PathSegment(place.NodeId, place.Id, place.Type, inside?.Port ?? child.Port, name));
            container = place;
        }

        return (Describe(child), Describe(container), segments);
    }

    private JsonObject Describe(ActivityPlace place) => new()
    {
        ["nodeId"] = place.NodeId,
        ["port"] = place.Port,
        ["activity"] = place.Json.DeepClone(),
        ["parents"] = new JsonArray(),
        ["children"] = new JsonArray([.. children[place].Select(Describe)]),
    };

    /// <summary>Paths below another activity: the workflow's own name gives way to that of the activity.</summary>
    private static string Below(string above, string nodeId) => above + nodeId[ActivityTree.WorkflowNode.Length..];

    /// <summary>The workflow itself as an activity, in Elsa's shape.</summary>
    private static JsonObject Workflow(JsonObject model)
    {
        var node = new JsonObject
        {
            ["identity"] = Pick(model, "definitionId", "version", "id"),
            ["publication"] = Pick(model, "isLatest", "isPublished"),
            ["workflowMetadata"] = Pick(model, "name", "description", "createdAt"),
            ["definitionHandle"] = new JsonObject { ["definitionVersionId"] = model["id"]?.DeepClone() },
            ["id"] = ActivityTree.WorkflowNode,
            ["nodeId"] = ActivityTree.WorkflowNode,
            ["name"] = null,
            ["type"] = "Elsa.Workflow",
            ["version"] = 1,
            ["metadata"] = new JsonObject(),
        };
        foreach (var name in new[] { "inputs", "outputs", "outcomes", "options", "isReadonly", "isSystem", "customProperties", "root" })
            node[name] = model[name]?.DeepClone();
        return node;
    }

    private static JsonObject Pick(JsonObject model, params string[] names) =>
        new(names.Select(name => KeyValuePair.Create(name, model[name]?.DeepClone())));
}
