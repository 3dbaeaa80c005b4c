using System.Text.Json.Nodes;
using Approvals.Core.DryRuns;
using Approvals.Core.Processes.Designing;
using Approvals.Web.DryRuns;

namespace Approvals.Web.Studio.Api;

/// <summary>
/// Studio's run button. A draft may not touch real data, so it starts a dry run with sample data; the id Studio then goes to leads to the
/// dry run's result.
/// </summary>
internal static class TestRuns
{
    private const string IdHeader = "x-elsa-workflow-instance-id";

    private sealed record ExecuteRequest(string? VersionOptions, JsonObject? Input);

    public static void MapTestRuns(this RouteGroupBuilder group)
    {
        group.MapPost("/workflow-definitions/{definitionId}/execute", ExecuteAsync);
        group.MapPost("/workflow-definitions/{definitionId}/dispatch", ExecuteAsync);
        group.MapPost("/workflow-definitions/{definitionId}/bulk-dispatch", () => StudioAnswers.Refused(
            "业务件由申请人或业务流程发起，不能在设计器中成批启动。"));
        group.MapPost("/tests/activities", () => StudioAnswers.Refused("单个活动离开流程没有意义，请试运行整个流程。"));
    }

    private static async Task<IResult> ExecuteAsync(string definitionId, HttpContext http, DefinitionQuery query, RequestDryRun request)
    {
        var asked = await http.Request.ReadAsync<ExecuteRequest>();
        if (VersionChoice.Parse(string.IsNullOrEmpty(asked.VersionOptions) ? "Latest" : asked.VersionOptions) is not { } versions)
            return StudioAnswers.Refused("不认识的版本选项。");
        if (await query.FindAsync(definitionId, versions, http.RequestAborted) is not { } tried)
            return StudioAnswers.NotFound();
        var answers = new DryRunAnswers { Inputs = asked.Input ?? [] };
        if (await request.AskAsync(tried, answers, http.RequestAborted) is not { } ticket)
            return StudioAnswers.Refused("等待试运行的太多，请过几分钟再试。");
        http.Response.Headers[IdHeader] = ticket.Id.ToString();
        return StudioAnswers.Ok(new { workflowInstanceId = ticket.Id, dryRun = DryRunViewer.AddressOf(ticket) });
    }
}
