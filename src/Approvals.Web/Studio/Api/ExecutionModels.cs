using System.Text.Json.Nodes;
using Approvals.Core.Designer;
using Approvals.Core.Processes.Watching;
using Approvals.Workflows;

namespace Approvals.Web.Studio.Api;

/// <summary>Runs of activities in Elsa's shape.</summary>
internal static class ExecutionModels
{
    /// <summary>What a list shows of a run.</summary>
    public static JsonObject Summary(InstanceView view, ActivityExecution one)
    {
        var node = view.Workflow.FindNode(one.NodeId);
        return new JsonObject
        {
            ["id"] = ExecutionIds.Of(view.Row.Id, one.RunId),
            ["workflowInstanceId"] = view.Row.Id.ToString(),
            ["activityId"] = one.ActivityId,
            ["activityNodeId"] = one.NodeId,
            ["activityType"] = one.ActivityType,
            ["activityTypeVersion"] = node?.TypeVersion ?? 1,
            ["activityName"] = node?.Name,
            ["startedAt"] = one.StartedAt,
            ["hasBookmarks"] = one.IsWaiting,
            ["status"] = one.Status.ToString(),
            ["metadata"] = new JsonObject(),
            ["aggregateFaultCount"] = one.Faults,
            ["completedAt"] = one.EndedAt,
        };
    }

    /// <summary>All that is known of a run, a fault in the language.</summary>
    public static JsonObject Whole(InstanceView view, ActivityExecution one, IReadOnlyList<ActivityExecution> all, DesignerWords words)
    {
        var model = Summary(view, one);
        var run = view.State.Runs.Find(live => live.Id == one.RunId);
        var parent = all.FirstOrDefault(other => other.RunId == one.ParentRunId);
        model["activityState"] = Inputs(view, view.Workflow.FindNode(one.NodeId), run);
        model["outputs"] = new JsonObject();
        model["payload"] = new JsonObject
        {
            ["Outcomes"] = new JsonArray([.. one.Outcomes.Select(outcome => (JsonNode)outcome)]),
            ["Round"] = one.Round,
        };
        model["properties"] = new JsonObject();
        model["exception"] = Exception(view, one, words);
        model["schedulingActivityExecutionId"] = parent is null ? null : ExecutionIds.Of(view.Row.Id, parent.RunId);
        model["schedulingActivityId"] = parent?.ActivityId;
        model["callStackDepth"] = one.NodeId.Count(letter => letter == ':');
        return model;
    }

    /// <summary>Inputs by name. Fixed ones are part of the process; what an expression gave may be part of the case.</summary>
    public static JsonObject Inputs(InstanceView view, CompiledNode? node, ActivityRun? run) => node is null
        ? []
        : new JsonObject(StateInspection.Inputs(node, run).Select(input => KeyValuePair.Create(
            input.Name, input.IsFixed ? Values.ToJson(input.Value) : view.Show(input.Value))));

    private static JsonObject? Exception(InstanceView view, ActivityExecution one, DesignerWords words) =>
        view.State.Incidents.Find(incident => incident.ActivityRunId == one.RunId) is { } incident
            ? new JsonObject
            {
                ["type"] = incident.ExceptionType,
                ["message"] = view.Told(incident.Message, words),
                ["stackTrace"] = incident.Expression,
            }
            : null;
}
