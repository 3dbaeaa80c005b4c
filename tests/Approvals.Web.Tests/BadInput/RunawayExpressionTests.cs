using System.Net;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Tests.Cases;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.BadInput;

/// <summary>An expression that never ends stops its case as an incident, and nothing else.</summary>
public sealed class RunawayExpressionTests : IAsyncDisposable
{
    private const string Endless = "while (true) {}";

    private readonly string workflows = Directory.CreateTempSubdirectory("approvals-runaway-").FullName;
    private readonly LogCapture logs = new();
    private readonly TestApp app;

    public RunawayExpressionTests()
    {
        new TestProcess("endless")
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("judge", "Elsa.FlowDecision", "判断", new { condition = Endless })
            .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" } })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
            .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "不同意" })
            .Connect("start", "apply").Connect("apply", "judge").Connect("judge", "head", "True").Connect("judge", "close", "False")
            .Connect("head", "close", "同意").Connect("head", "refuse", "不同意")
            .Write(workflows);
        var file = Path.Combine(workflows, "endless", "workflow.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            $$"""{"type":"Literal","value":"{{Endless}}"}""", $$"""{"type":"JavaScript","value":"{{Endless}}"}""", StringComparison.Ordinal));
        app = new TestApp
        {
            Settings = new Dictionary<string, string?>(LogCapture.ShippedLevels) { ["Processes:Folder"] = workflows },
            Replace = logs.AddTo,
        };
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(workflows, recursive: true);
    }

    [Fact]
    public async Task The_submission_comes_back_and_the_administrator_reads_which_activity_and_expression_and_retries()
    {
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        using var administrator = await app.SignedInAsync("xitong");
        var started = TimeProvider.System.GetTimestamp();

        var answer = await SubmitAsync(applicant);

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await applicant.FollowAsync(answer)).Status);
        var incidents = await administrator.GetAsync("/admin/incidents");
        var text = WebUtility.HtmlDecode(incidents.Text);
        Assert.Contains("judge", text);
        Assert.Contains(Endless, text);
        Assert.Matches("脚本(运行|执行)超过", text);

        var retried = await administrator.SubmitAsync(incidents.Form("重试"));

        Assert.Contains(Endless, WebUtility.HtmlDecode(retried.Text));
        var (open, resolved) = await app.DatabaseAsync(async db => (
            await db.Incidents.CountAsync(one => one.ResolvedAt == null, Stop), await db.Incidents.CountAsync(one => one.ResolvedAt != null, Stop)));
        Assert.Equal((1, 1), (open, resolved));
        Assert.False(await app.DatabaseAsync(db => db.Tasks.AnyAsync(task => task.State == TaskState.Open, Stop)));
        Assert.DoesNotContain(logs.Lines, line => line.Contains("刘志强", StringComparison.Ordinal) || line.Contains("家中机密", StringComparison.Ordinal));
        Assert.Contains(logs.Lines, line => line.Contains("judge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Giving_the_case_up_ends_it_with_the_reason_and_tells_the_applicant()
    {
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        using var administrator = await app.SignedInAsync("xitong");
        var address = (await SubmitAsync(applicant)).Location!;

        await administrator.SubmitAsync((await administrator.GetAsync("/admin/incidents")).Form("终止办理").Set("reason", "表达式有误，请重新申请"));

        var (status, outcome) = await app.DatabaseAsync(async db =>
            await db.Cases.Select(row => new ValueTuple<CaseStatus, string?>(row.Status, row.Outcome)).SingleAsync(Stop));
        Assert.Equal((CaseStatus.Withdrawn, "因系统故障终止"), (status, outcome));
        Assert.True(await app.DatabaseAsync(db => db.Notifications.AnyAsync(
            line => line.Text.Contains("已由系统管理员终止办理：表达式有误，请重新申请"), Stop)));
        var page = WebUtility.HtmlDecode((await applicant.GetAsync(address)).Text);
        Assert.Contains("系统管理员终止办理", page);
        Assert.Contains("表达式有误，请重新申请", page);
        Assert.DoesNotContain(Endless, WebUtility.HtmlDecode((await administrator.GetAsync("/admin/incidents")).Text));
    }

    private static async Task<Page> SubmitAsync(Browser applicant)
    {
        var draft = await applicant.SubmitAsync((await applicant.GetAsync("/start")).Form("endless"));
        return await applicant.PostAsync(draft.Form("id=\"draft\"")
            .Set("data.name", "刘志强").Set("data.reason", "家中机密").Set("act", "submit"));
    }
}
