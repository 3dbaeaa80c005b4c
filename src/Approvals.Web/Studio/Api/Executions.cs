using System.Text.Json.Nodes;
using Approvals.Core.Processes.Watching;
using Approvals.Web.Localisation;

namespace Approvals.Web.Studio.Api;

/// <summary>Runs of activities: the badges of the viewer, and what its panels show of one run.</summary>
internal static class Executions
{
    private sealed record ReportRequest(Guid WorkflowInstanceId, string[]? ActivityNodeIds);

    public static void MapExecutions(this RouteGroupBuilder group)
    {
        var executions = group.MapGroup("/activity-executions");
        executions.MapPost("/report", ReportAsync).ReadsOnly();
        executions.MapGet("/list", (HttpContext http, InstanceViews views, InstanceHistory history, Wording wording) =>
            ListAsync(http, views, history, (view, one, all) => ExecutionModels.Whole(view, one, all, wording.Designer)));
        executions.MapGet("/count", CountAsync);
        executions.MapGet("/by-id", GetAsync);
        executions.MapGet("/{id}/call-stack", CallStackAsync);
        group.MapGet("/activity-execution-summaries/list", (HttpContext http, InstanceViews views, InstanceHistory history) =>
            ListAsync(http, views, history, (view, one, _) => ExecutionModels.Summary(view, one)));
    }

    private static async Task<IResult> ReportAsync(HttpContext http, InstanceViews views, InstanceHistory history)
    {
        var asked = await http.Request.ReadAsync<ReportRequest>();
        if (await views.FindAsync(asked.WorkflowInstanceId, http.RequestAborted) is not { } view)
            return StudioAnswers.NotFound();
        var wanted = asked.ActivityNodeIds?.ToHashSet(StringComparer.Ordinal);
        var executions = await history.ExecutionsAsync(view, http.RequestAborted);
        return StudioAnswers.Ok(new
        {
            stats = executions.Where(one => wanted is null || wanted.Contains(one.NodeId)).GroupBy(one => one.NodeId).Select(Stats),
        });
    }

    /// <summary>
    /// Counts of an activity over all rounds. Withdrawn runs are neither completed nor at work: with the rounds after going back they
    /// must not make the activity look busy for ever.
    /// </summary>
    private static object Stats(IGrouping<string, ActivityExecution> runs)
    {
        var completed = runs.Count(one => one.Status == ExecutionStatus.Completed);
        return new
        {
            activityId = runs.First().ActivityId,
            activityNodeId = runs.Key,
            startedCount = runs.Count(),
            completedCount = completed,
            uncompletedCount = runs.Count(one => one.Status is ExecutionStatus.Running or ExecutionStatus.Faulted),
            isBlocked = runs.Any(one => one.IsWaiting),
            isFaulted = runs.Any(one => one.Faults > 0),
            aggregateFaultCount = runs.Sum(one => one.Faults),
            metadata = new { },
        };
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, InstanceViews views, InstanceHistory history,
        Func<InstanceView, ActivityExecution, IReadOnlyList<ActivityExecution>, JsonObject> write)
    {
        var query = http.Request.Query;
        if (!Guid.TryParse(query.Text("workflowInstanceId"), out var id) || await views.FindAsync(id, http.RequestAborted) is not { } view)
            return StudioAnswers.NotFound();
        var all = await history.ExecutionsAsync(view, http.RequestAborted);
        var wanted = all.Where(one => query.Text("activityNodeId") is not { } node || one.NodeId == node)
            .Where(one => query.Text("completed") is null || query.Flag("completed") == (one.Status == ExecutionStatus.Completed))
            .ToList();
        return StudioAnswers.List(wanted.ConvertAll(one => write(view, one, all)));
    }

    private static async Task<IResult> CountAsync(HttpContext http, InstanceViews views, InstanceHistory history)
    {
        var query = http.Request.Query;
        if (!Guid.TryParse(query.Text("workflowInstanceId"), out var id) || await views.FindAsync(id, http.RequestAborted) is not { } view)
            return StudioAnswers.NotFound();
        var all = await history.ExecutionsAsync(view, http.RequestAborted);
        return StudioAnswers.Ok(new { count = all.Count(one => query.Text("activityNodeId") is not { } node || one.NodeId == node) });
    }

    private static async Task<IResult> GetAsync(HttpContext http, InstanceViews views, InstanceHistory history, Wording wording)
    {
        if (ExecutionIds.Parse(http.Request.Query.Text("id")) is not { } id
            || await views.FindAsync(id.InstanceId, http.RequestAborted) is not { } view)
        {
            return StudioAnswers.NotFound();
        }

        var all = await history.ExecutionsAsync(view, http.RequestAborted);
        return all.FirstOrDefault(one => one.RunId == id.RunId) is { } found
            ? StudioAnswers.Ok(ExecutionModels.Whole(view, found, all, wording.Designer))
            : StudioAnswers.NotFound();
    }

    /// <summary>The run and what stands around it, outer before inner.</summary>
    private static async Task<IResult> CallStackAsync(string id, HttpContext http, InstanceViews views, InstanceHistory history, Wording wording)
    {
        if (ExecutionIds.Parse(id) is not { } parsed || await views.FindAsync(parsed.InstanceId, http.RequestAborted) is not { } view)
            return StudioAnswers.NotFound();
        var all = await history.ExecutionsAsync(view, http.RequestAborted);
        var stack = new List<JsonObject>();
        for (var one = all.FirstOrDefault(run => run.RunId == parsed.RunId); one is not null;)
        {
            stack.Insert(0, ExecutionModels.Whole(view, one, all, wording.Designer));
            one = one.ParentRunId is { } parent ? all.FirstOrDefault(run => run.RunId == parent) : null;
        }

        return StudioAnswers.Ok(new { activityExecutionId = id, items = stack, totalCount = stack.Count });
    }
}
