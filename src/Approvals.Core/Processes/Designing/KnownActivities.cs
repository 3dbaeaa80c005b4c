using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing;

/// <summary>Which activity types this installation has: its own, and published processes that others use as an activity.</summary>
public sealed class KnownActivities(ActivityRegistry registry, IWorkflowCatalogue workflows)
{
    /// <summary>A question that remembers its answers, for one look at one definition.</summary>
    public Func<ActivityPlace, bool> Ask()
    {
        var asked = new Dictionary<(string Type, string? Version), bool>();
        return place =>
        {
            if (registry.Find(place.Type) is not null)
                return true;
            var key = (place.Type, PinOf(place.Json));
            return asked.TryGetValue(key, out var answer) ? answer : asked[key] = WorkflowOf(place.Json) is not null;
        };
    }

    /// <summary>
    /// The process an activity stands for: the version it is pinned to, else, when that is unknown here, the published one; null when
    /// it is an ordinary activity or of no known type.
    /// </summary>
    public WorkflowDefinition? WorkflowOf(JsonObject activity)
    {
        var type = (activity["type"] as JsonValue)?.ToString() ?? "";
        if (registry.Find(type) is not null)
            return null;
        return (PinOf(activity) is { } version ? workflows.Find(type, version) : null) ?? workflows.Find(type, null);
    }

    /// <summary>
    /// Pins activities that stand for a process to the version they mean now, so that a running case keeps it; changes
    /// <paramref name="root"/>.
    /// </summary>
    /// <returns>Whether anything was changed.</returns>
    public bool Pin(JsonObject root)
    {
        var changed = false;
        foreach (var place in ActivityTree.Walk(root).ToList())
        {
            if (WorkflowOf(place.Json) is not { } workflow || PinOf(place.Json) == workflow.Id)
                continue;
            place.Json["workflowDefinitionId"] = workflow.DefinitionId;
            place.Json["workflowDefinitionVersionId"] = workflow.Id;
            place.Json["version"] = workflow.Version;
            changed = true;
        }

        return changed;
    }

    private static string? PinOf(JsonObject activity) =>
        activity["workflowDefinitionVersionId"] is JsonValue value && value.TryGetValue<string>(out var id) && id.Length > 0 ? id : null;
}
