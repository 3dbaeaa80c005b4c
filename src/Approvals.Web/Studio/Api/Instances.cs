using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Designer;
using Approvals.Core.Processes.Watching;
using Approvals.Web.Localisation;
using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Studio.Api;

/// <summary>What Studio asks of the instances list.</summary>
internal sealed record InstanceListRequest(
    int? Page, int? PageSize, string? SearchTerm, string? DefinitionId, string[]? DefinitionIds, string? CorrelationId, int? Version,
    bool? HasIncidents, bool? IsSystem, string? Status, string[]? Statuses, string? SubStatus, string[]? SubStatuses, string? OrderBy,
    string? OrderDirection, TimeFilter[]? TimestampFilters, string? DefinitionVersionId, string[]? DefinitionVersionIds)
{
    private const int MostLines = 500;

    public InstanceFilter ToFilter() => new()
    {
        Search = SearchTerm,
        DefinitionIds = Together(DefinitionId, DefinitionIds),
        VersionIds = Together(DefinitionVersionId, DefinitionVersionIds),
        CorrelationId = string.IsNullOrWhiteSpace(CorrelationId) ? null : CorrelationId.Trim(),
        Version = Version,
        HasIncidents = HasIncidents,
        Statuses = Together(Status, Statuses),
        SubStatuses = Together(SubStatus, SubStatuses),
        Times = TimestampFilters ?? [],
        OrderBy = OrderBy ?? "Created",
        Ascending = string.Equals(OrderDirection, "Ascending", StringComparison.OrdinalIgnoreCase),
        Page = Math.Max(0, Page ?? 0),
        PageSize = Math.Clamp(PageSize ?? 100, 1, MostLines),
    };

    private static string[] Together(string? one, string[]? more) =>
        [.. (more ?? []).Append(one).Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!).Distinct()];
}

/// <summary>Running and ended instances, for reading.</summary>
internal static class Instances
{
    public static void MapInstances(this RouteGroupBuilder group)
    {
        var instances = group.MapGroup("/workflow-instances");
        instances.MapPost("", async (HttpContext http, InstanceList list) =>
            await ListAsync(await http.Request.ReadAsync<InstanceListRequest>(), http, list)).ReadsOnly();
        instances.MapGet("", (HttpContext http, InstanceList list) => ListAsync(Read(http.Request.Query), http, list));
        instances.MapGet("/{id:guid}", GetAsync);
        instances.MapGet("/{id:guid}/execution-state", StateAsync);
        instances.MapGet("/{id:guid}/variables", VariablesAsync);
        instances.MapPost("/{id:guid}/variables", () => StudioAnswers.Refused(
            "运行中的数据由表单和活动产生，不能在这里修改；需要更正的，请退回相应环节办理。"));
        instances.MapGet("/{id:guid}/export", ExportAsync);
        instances.MapInstanceJournal();
        group.MapExecutions();
        group.MapInstanceActs();
    }

    private static async Task<IResult> ListAsync(InstanceListRequest asked, HttpContext http, InstanceList list)
    {
        // None of ours is a system workflow.
        if (asked.IsSystem == true)
            return StudioAnswers.Ok(new { items = Array.Empty<object>(), totalCount = 0 });
        var (lines, total) = await list.ListAsync(asked.ToFilter(), http.RequestAborted);
        return StudioAnswers.Ok(new { items = lines.Select(InstanceSummary.Of), totalCount = total });
    }

    private static InstanceListRequest Read(IQueryCollection query) => new(
        query.Number("page"), query.Number("pageSize"), query.Text("searchTerm"), query.Text("definitionId"),
        [.. query.Texts("definitionIds")], query.Text("correlationId"), query.Number("version"),
        query.Text("hasIncidents") is null ? null : query.Flag("hasIncidents"), query.Flag("isSystem"), query.Text("status"),
        [.. query.Texts("statuses")], query.Text("subStatus"), [.. query.Texts("subStatuses")], query.Text("orderBy"),
        query.Text("orderDirection"), null, query.Text("definitionVersionId"), [.. query.Texts("definitionVersionIds")]);

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, InstanceViews views, InstanceHistory history, Wording wording)
    {
        if (await views.FindAsync(id, http.RequestAborted) is not { } view)
            return StudioAnswers.NotFound();
        var bookmarks = await history.BookmarksAsync(id, http.RequestAborted);
        var executions = await history.ExecutionsAsync(view, http.RequestAborted);
        return StudioAnswers.Ok(InstanceModels.Of(view, bookmarks, executions, wording.Designer));
    }

    private static async Task<IResult> StateAsync(Guid id, HttpContext http, InstanceList list)
    {
        var (lines, _) = await list.ListAsync(new InstanceFilter { Ids = [id], PageSize = 1 }, http.RequestAborted);
        return lines is [{ Row: var row }]
            ? StudioAnswers.Ok(new { status = row.Status, subStatus = row.SubStatus, workflowSubStatus = row.SubStatus, updatedAt = row.UpdatedAt })
            : StudioAnswers.NotFound();
    }

    private static async Task<IResult> VariablesAsync(Guid id, HttpContext http, InstanceViews views)
    {
        if (await views.FindAsync(id, http.RequestAborted) is not { } view)
            return StudioAnswers.NotFound();
        var variables = InstanceModels.Variables(view);
        return StudioAnswers.Ok(new { items = variables, count = variables.Count });
    }

    private static async Task<IResult> ExportAsync(Guid id, HttpContext http, InstanceViews views, InstanceHistory history)
    {
        if (await views.FindAsync(id, http.RequestAborted) is not { } view)
            return StudioAnswers.NotFound();
        var model = await ExportOfAsync(view, history, http.RequestAborted);
        http.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return Results.File(
            Encoding.UTF8.GetBytes(model.ToJsonString(StudioAnswers.Json)), "application/octet-stream", $"workflow-instance-{id}.json");
    }

    /// <summary>The instance with bookmarks, executions and journal, in the parts Elsa exports; a record, so in Chinese whoever takes it.</summary>
    public static async Task<JsonObject> ExportOfAsync(InstanceView view, InstanceHistory history, CancellationToken cancellationToken)
    {
        var executions = await history.ExecutionsAsync(view, cancellationToken);
        var bookmarks = await history.BookmarksAsync(view.Row.Id, cancellationToken);
        var model = InstanceModels.Of(view, bookmarks, executions, DesignerWords.Chinese);
        var state = model["workflowState"]!.DeepClone();
        var journal = await history.JournalAsync(view.Row.Id, new JournalFilter([], [], [], []), cancellationToken);
        return new JsonObject
        {
            ["WorkflowState"] = state,
            ["Bookmarks"] = state["bookmarks"]!.DeepClone(),
            ["ActivityExecutionRecords"] = new JsonArray([.. executions.Select(one => ExecutionModels.Whole(view, one, executions, DesignerWords.Chinese))]),
            ["WorkflowExecutionLogRecords"] = new JsonArray([.. journal.Select(line => InstanceJournal.Line(view, line, DesignerWords.Chinese))]),
        };
    }
}
