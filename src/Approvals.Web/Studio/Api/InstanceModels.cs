using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Designer;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Watching;
using Approvals.Workflows;

namespace Approvals.Web.Studio.Api;

/// <summary>A line of the instances list, as Studio reads it.</summary>
internal sealed record InstanceSummary(
    string Id, string DefinitionId, string DefinitionVersionId, int Version, string Status, string SubStatus, string? CorrelationId,
    string? Name, int IncidentCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    public static InstanceSummary Of(InstanceLine line) => Of(line.Row, line.CaseNumber ?? line.Row.Name);

    public static InstanceSummary Of(WorkflowInstanceRow row, string? name) => new(
        row.Id.ToString(), row.DefinitionId, row.DefinitionVersionId, row.Version, row.Status, row.SubStatus, row.CorrelationId, name,
        row.IncidentCount, row.CreatedAt, row.UpdatedAt, row.FinishedAt);
}

/// <summary>Instances in Elsa's shape, faults in the language; values of a case only for who may read it.</summary>
internal static class InstanceModels
{
    public static JsonObject Of(
        InstanceView view, IReadOnlyList<WorkflowBookmarkRow> bookmarks, IReadOnlyList<ActivityExecution> executions, DesignerWords words)
    {
        var model = JsonSerializer.SerializeToNode(InstanceSummary.Of(view.Row, view.Name), StudioAnswers.Json)!.AsObject();
        model["parentWorkflowInstanceId"] = view.Row.ParentInstanceId?.ToString();
        model["isExecuting"] = false;
        model["isSystem"] = false;
        model["workflowState"] = State(view, bookmarks, executions, words);
        return model;
    }

    /// <summary>What the runtime or a script wrote, as far as the reader may see it, in the language. Masked first: translations are remembered.</summary>
    public static string? Told(this InstanceView view, string? message, DesignerWords words) =>
        view.Show(message) is { } shown ? words.Say(shown) : null;

    public static JsonArray Variables(InstanceView view) =>
    [
        .. StateInspection.Variables(view.Workflow, view.State).Select(one => (JsonNode)new JsonObject
        {
            ["id"] = one.Id, ["name"] = one.Name, ["value"] = view.Show(one.Value),
        }),
    ];

    private static JsonObject State(
        InstanceView view, IReadOnlyList<WorkflowBookmarkRow> bookmarks, IReadOnlyList<ActivityExecution> executions, DesignerWords words)
    {
        var (row, state) = (view.Row, view.State);
        var root = state.Runs.Find(run => run.ParentId is null);
        return new JsonObject
        {
            ["id"] = row.Id.ToString(),
            ["definitionId"] = row.DefinitionId,
            ["definitionVersionId"] = row.DefinitionVersionId,
            ["definitionVersion"] = row.Version,
            ["correlationId"] = row.CorrelationId,
            ["name"] = view.Name,
            ["status"] = row.Status,
            ["subStatus"] = row.SubStatus,
            ["isExecuting"] = false,
            ["bookmarks"] = new JsonArray([.. bookmarks.Select(one => Bookmark(view, one))]),
            ["incidents"] = new JsonArray([.. state.Incidents.Select(one => Incident(view, one, words))]),
            ["isSystem"] = false,
            ["completionCallbacks"] = new JsonArray(),
            ["activityExecutionContexts"] = new JsonArray([.. Enumerable.Reverse(state.Runs).Select(run => Context(view, run, executions))]),
            ["scheduledActivities"] = new JsonArray(),
            ["executionLogSequence"] = state.NextSequence,
            ["input"] = Named(view, root?.Input),
            ["output"] = Named(view, state.Output),
            ["properties"] = new JsonObject(),
            ["createdAt"] = row.CreatedAt,
            ["updatedAt"] = row.UpdatedAt,
            ["finishedAt"] = row.FinishedAt,
        };
    }

    private static JsonObject Bookmark(InstanceView view, WorkflowBookmarkRow mark) => new()
    {
        ["id"] = mark.Id.ToString(),
        ["name"] = view.Workflow.FindNode(mark.NodeId)?.Type ?? mark.Kind,
        ["hash"] = DefinitionHash.Of($"{mark.Kind}:{mark.Key}").ToUpperInvariant(),
        ["payload"] = mark.Kind == BookmarkKinds.Event
            ? new JsonObject { ["eventName"] = mark.Key }
            : new JsonObject { ["kind"] = mark.Kind, ["dueAt"] = mark.DueAt },
        ["activityId"] = mark.ActivityId,
        ["activityNodeId"] = mark.NodeId,
        ["activityInstanceId"] = ExecutionIds.Of(view.Row.Id, mark.ActivityRunId),
        ["createdAt"] = mark.CreatedAt,
        ["autoBurn"] = true,
        ["autoComplete"] = false,
    };

    private static JsonObject Incident(InstanceView view, Incident incident, DesignerWords words) => new()
    {
        ["id"] = incident.Id.ToString(),
        ["activityId"] = incident.ActivityId,
        ["activityNodeId"] = incident.NodeId,
        ["activityInstanceId"] = ExecutionIds.Of(view.Row.Id, incident.ActivityRunId),
        ["activityType"] = incident.ActivityType,
        ["message"] = view.Told(incident.Message, words),
        ["exception"] = new JsonObject
        {
            ["type"] = incident.ExceptionType,
            ["message"] = (incident.InputName is null ? "" : incident.InputName + words.Say("：")) + view.Told(incident.Message, words),

            // Where the fault stands for who mends it: the expression, not our source.
            ["stackTrace"] = incident.Expression,
        },
        ["timestamp"] = incident.At,
    };

    private static JsonObject Context(InstanceView view, ActivityRun run, IReadOnlyList<ActivityExecution> executions)
    {
        var node = view.Workflow.FindNode(run.NodeId);
        var execution = executions.FirstOrDefault(one => one.RunId == run.Id);
        return new JsonObject
        {
            ["id"] = ExecutionIds.Of(view.Row.Id, run.Id),
            ["parentContextId"] = run.ParentId is { } parent ? ExecutionIds.Of(view.Row.Id, parent) : null,
            ["scheduledActivityNodeId"] = run.NodeId,
            ["ownerActivityNodeId"] = node?.Parent?.NodeId,
            ["properties"] = new JsonObject(),
            ["metadata"] = new JsonObject(),
            ["activityState"] = ExecutionModels.Inputs(view, node, run),
            ["dynamicVariables"] = new JsonArray(),
            ["status"] = run.Status == RunStatus.Faulted ? "Faulted" : run.Status == RunStatus.Scheduled ? "Pending" : "Running",
            ["isExecuting"] = false,
            ["faultCount"] = view.State.Incidents.Count(incident => incident.ActivityRunId == run.Id),
            ["startedAt"] = execution?.StartedAt ?? view.Row.CreatedAt,
        };
    }

    private static JsonObject Named(InstanceView view, IReadOnlyDictionary<string, object?>? values) => new(
        (values ?? new Dictionary<string, object?>()).Select(pair => KeyValuePair.Create(pair.Key, view.Show(pair.Value))));
}

/// <summary>
/// Ids of executions: the instance's and the run's, so that one is found without searching the journals of all instances.
/// </summary>
internal static class ExecutionIds
{
    public static string Of(Guid instanceId, Guid runId) => $"{instanceId:N}{runId:N}";

    public static (Guid InstanceId, Guid RunId)? Parse(string? id) =>
        id?.Length == 64 && Guid.TryParseExact(id[..32], "N", out var instance) && Guid.TryParseExact(id[32..], "N", out var run)
            ? (instance, run)
            : null;
}
