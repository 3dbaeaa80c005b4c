using System.Text.Json.Nodes;
using Approvals.Core.Designer;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Watching;
using Approvals.Web.Localisation;

namespace Approvals.Web.Studio.Api;

/// <summary>Journals of instances.</summary>
internal static class InstanceJournal
{
    private sealed record JournalRequest(JournalRequestFilter? Filter);

    private sealed record JournalRequestFilter(
        string[]? ActivityIds, string[]? ActivityNodeIds, string[]? ExcludedActivityTypes, string[]? EventNames);

    private const int MostLines = 1000;

    public static void MapInstanceJournal(this RouteGroupBuilder instances)
    {
        instances.MapGet("/{id:guid}/journal", (Guid id, HttpContext http, InstanceViews views, InstanceHistory history, Wording wording) =>
            ListAsync(id, null, http, views, history, wording));
        instances.MapPost("/{id:guid}/journal", async (Guid id, HttpContext http, InstanceViews views, InstanceHistory history, Wording wording) =>
            await ListAsync(id, (await http.Request.ReadAsync<JournalRequest>()).Filter, http, views, history, wording)).ReadsOnly();
        instances.MapGet("/{id:guid}/journal/{activityId}", LastAsync);
    }

    /// <summary>A line in Elsa's shape, its message in the language.</summary>
    public static JsonObject Line(InstanceView view, JournalLine line, DesignerWords words)
    {
        var node = view.Workflow.FindNode(line.NodeId);
        var outcomes = ActivityExecutions.OutcomesOf(line);
        return new JsonObject
        {
            ["id"] = $"{view.Row.Id:N}-{line.Sequence}",
            ["activityInstanceId"] = ExecutionIds.Of(view.Row.Id, line.RunId),
            ["parentActivityInstanceId"] = line.ParentRunId is { } parent ? ExecutionIds.Of(view.Row.Id, parent) : null,
            ["activityId"] = line.ActivityId,
            ["activityType"] = line.ActivityType,
            ["activityTypeVersion"] = node?.TypeVersion ?? 1,
            ["activityName"] = node?.Name,
            ["nodeId"] = line.NodeId,
            ["timestamp"] = line.At,
            ["sequence"] = line.Sequence,
            ["eventName"] = line.Event,
            ["message"] = view.Told(line.Message, words),
            ["source"] = null,
            ["activityState"] = null,
            ["payload"] = outcomes.Count == 0
                ? null
                : new JsonObject { ["Outcomes"] = new JsonArray([.. outcomes.Select(outcome => (JsonNode)outcome)]) },
        };
    }

    private static async Task<IResult> ListAsync(
        Guid id, JournalRequestFilter? asked, HttpContext http, InstanceViews views, InstanceHistory history, Wording wording)
    {
        if (await views.FindAsync(id, http.RequestAborted) is not { } view)
            return StudioAnswers.NotFound();
        var query = http.Request.Query;
        var take = Math.Clamp(query.Number("take") ?? query.Number("pageSize") ?? 100, 1, MostLines);
        var skip = Math.Max(0, query.Number("skip") ?? (query.Number("page") ?? 0) * take);
        var filter = new JournalFilter(
            asked?.ActivityIds ?? [], asked?.ActivityNodeIds ?? [], asked?.ExcludedActivityTypes ?? [], asked?.EventNames ?? []);
        var lines = await history.JournalAsync(id, filter, http.RequestAborted);
        return StudioAnswers.Ok(new { items = lines.Skip(skip).Take(take).Select(line => Line(view, line, wording.Designer)), totalCount = lines.Count });
    }

    private static async Task<IResult> LastAsync(
        Guid id, string activityId, HttpContext http, InstanceViews views, InstanceHistory history, Wording wording)
    {
        if (await views.FindAsync(id, http.RequestAborted) is not { } view)
            return StudioAnswers.NotFound();
        var lines = await history.JournalAsync(id, new JournalFilter([activityId], [], [], []), http.RequestAborted);
        if (lines.LastOrDefault(line => line.Event == "Started") is not { } last)
            return StudioAnswers.NotFound();
        var model = Line(view, last, wording.Designer);
        model["workflowDefinitionId"] = view.Row.DefinitionId;
        model["workflowDefinitionVersionId"] = view.Row.DefinitionVersionId;
        model["workflowInstanceId"] = id.ToString();
        model["workflowVersion"] = view.Row.Version;
        model["activityNodeId"] = last.NodeId;
        return StudioAnswers.Ok(model);
    }
}
