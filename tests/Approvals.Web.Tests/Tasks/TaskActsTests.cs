using System.Net;
using Approvals.Core.Inbox;
using Approvals.Web.Tests.Api;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Tasks;

/// <summary>转办, 委派, 加签 and 收回 through the front doors: pages and API.</summary>
public sealed class TaskActsTests(ApiApp api) : IClassFixture<ApiApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vetter_hands_over_by_the_page_and_the_colleague_finds_it_in_the_inbox()
    {
        var (caseId, task) = await VettedByAsync("救援协调处审查");
        using var head = await api.App.SignedInAsync("wangqiang");
        var page = await head.GetAsync($"/tasks/{task}/hand-over");
        Assert.Contains($"/tasks/{task}/hand-over", (await head.GetAsync($"/tasks/{task}")).Text);
        Assert.Contains("陆文博", WebUtility.HtmlDecode(page.Text));
        Assert.DoesNotContain("刘志强（", WebUtility.HtmlDecode(page.Text));

        var wrong = await head.PostAsync(page.Form("Reason").Set("Reason", "因公外出"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("请选择接办人", WebUtility.HtmlDecode(wrong.Text));
        Assert.Contains("因公外出", WebUtility.HtmlDecode(wrong.Text));
        var done = await head.SubmitAsync(wrong.Form("Reason").Set("To", (await IdAsync("陆文博")).ToString()));

        Assert.Contains("已转办给 陆文博", WebUtility.HtmlDecode(done.Text));
        using var colleague = await api.App.SignedInAsync("luwenbo");
        Assert.Contains("救援协调处审查", WebUtility.HtmlDecode((await colleague.GetAsync("/inbox")).Text));
        Assert.Contains("转办给 陆文博", WebUtility.HtmlDecode((await colleague.GetAsync($"/cases/{caseId}")).Text));
        Assert.Contains("已转办给 陆文博", WebUtility.HtmlDecode((await head.GetAsync($"/tasks/{task}")).Text));
        Assert.Equal($"/tasks/{task}", (await head.GetAsync($"/tasks/{task}/hand-over")).Location);
    }

    [Fact]
    public async Task A_vetter_asks_for_a_signature_before_takes_it_back_and_has_the_task_again()
    {
        var (caseId, task) = await VettedByAsync("人事处德才审查");
        using var head = await api.App.SignedInAsync("songmin");
        var form = (await head.GetAsync($"/tasks/{task}/add-signer")).Form("Reason");
        var wrong = await head.PostAsync(form.Set("Reason", "请把关"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);

        var asked = await head.SubmitAsync(wrong.Form("Reason").Set("Place", "Before").Set("First", (await IdAsync("彭飞")).ToString()));
        Assert.Contains("您请 彭飞 在“人事处德才审查”加签", WebUtility.HtmlDecode(asked.Text));
        using var colleague = await api.App.SignedInAsync("pengfei");
        var added = await api.App.DatabaseAsync(db => db.Tasks.AsNoTracking().SingleAsync(one => one.AddedForTaskId == task, Stop));
        var page = WebUtility.HtmlDecode((await colleague.GetAsync($"/tasks/{added.Id}")).Text);
        Assert.Contains("宋敏 请您加签", page);
        Assert.Contains("回到请您签署的 宋敏", page);

        var back = await head.SubmitAsync(asked.Form("RemoveSigner"));
        Assert.Contains("已撤销对 彭飞 的加签", WebUtility.HtmlDecode(back.Text));
        Assert.Contains("这件业务正等待您办理", WebUtility.HtmlDecode((await head.GetAsync($"/cases/{caseId}")).Text));
        Assert.Equal(HttpStatusCode.Redirect, (await colleague.GetAsync($"/tasks/{added.Id}/hand-over")).Status);
    }

    [Fact]
    public async Task A_vetter_delegates_by_the_page_and_decides_when_the_work_is_done()
    {
        var (caseId, task) = await VettedByAsync("人事处德才审查");
        using var head = await api.App.SignedInAsync("songmin");
        var form = (await head.GetAsync($"/tasks/{task}/hand-over")).Form("Reason");
        var sent = await head.SubmitAsync(form.Set("ComesBack", "true").Set("To", (await IdAsync("彭飞")).ToString()).Set("Reason", "请核实后提出意见"));
        Assert.Contains("已委派 彭飞 办理", WebUtility.HtmlDecode(sent.Text));
        var removed = await head.SubmitAsync(sent.Form("RemoveSigner"));
        Assert.Contains("已撤销对 彭飞 的委派", WebUtility.HtmlDecode(removed.Text));
        form = (await head.GetAsync($"/tasks/{task}/hand-over")).Form("Reason");
        sent = await head.SubmitAsync(form.Set("ComesBack", "true").Set("To", (await IdAsync("彭飞")).ToString()).Set("Reason", "请核实后提出意见"));
        Assert.Contains("您委派 彭飞 办理“人事处德才审查”", WebUtility.HtmlDecode(sent.Text));

        using var colleague = await api.App.SignedInAsync("pengfei");
        var delegated = await api.App.DatabaseAsync(db => db.Tasks.AsNoTracking().SingleAsync(one => one.AddedForTaskId == task && one.State == TaskState.Open, Stop));
        var page = await colleague.GetAsync($"/tasks/{delegated.Id}");
        var text = WebUtility.HtmlDecode(page.Text);
        Assert.Contains("宋敏 委派您办理", text);
        Assert.Contains("由委派您的 宋敏 决定", text);
        Assert.DoesNotContain("id=\"kind-reject\"", page.Text);
        Assert.DoesNotContain("id=\"kind-return\"", page.Text);
        Assert.DoesNotContain($"/tasks/{delegated.Id}/add-signer", page.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await colleague.PostAsync(Applications.Decision(page, "Submit", ""))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await colleague.PostAsync(Applications.Decision(page, "Submit", "建议同意。"))).Status);

        var back = WebUtility.HtmlDecode((await head.GetAsync($"/tasks/{task}")).Text);
        Assert.Contains("建议同意。", back);
        Assert.Contains("id=\"kind-reject\"", back);
        Assert.Contains("委派 彭飞 办理", WebUtility.HtmlDecode((await head.GetAsync($"/cases/{caseId}")).Text));
    }

    [Fact]
    public async Task A_vetter_takes_a_decision_back_by_the_page_and_by_token_only_until_it_has_been_opened()
    {
        using var applicant = await api.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        using var unit = await api.App.SignedInAsync("chenguihua");
        var first = await Applications.OpenTaskAsync(api.App, caseId);
        var page = await unit.GetAsync($"/tasks/{first}");
        await unit.PostAsync(
            Applications.Decision(page, "Approve").Set("data.recommendationOpinion", "同意推荐"), "file:stampedScan", "盖章.png", Applications.Picture());

        Assert.Contains($"/tasks/{first}/take-back", (await unit.GetAsync($"/tasks/{first}")).Text);
        var form = (await unit.GetAsync($"/tasks/{first}/take-back")).Form("Reason");
        var wrong = await unit.PostAsync(form.Set("Reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("请写明收回原因", WebUtility.HtmlDecode(wrong.Text));
        Assert.Equal(HttpStatusCode.Forbidden, (await applicant.GetAsync($"/tasks/{first}/take-back")).Status);
        var back = await unit.SubmitAsync(wrong.Form("Reason").Set("Reason", "点错了"));
        Assert.Contains("重新等待办理", WebUtility.HtmlDecode(back.Text));
        var again = await Applications.OpenTaskAsync(api.App, caseId);
        Assert.NotEqual(first, again);
        Assert.Contains("收回：", WebUtility.HtmlDecode((await unit.GetAsync($"/cases/{caseId}")).Text));

        page = await unit.GetAsync($"/tasks/{again}");
        await unit.PostAsync(Applications.Decision(page, "Approve").Set("data.recommendationOpinion", "同意推荐"), "file:stampedScan", "盖章.png", Applications.Picture());
        using var vetter = await api.App.SignedInAsync("songmin");
        var vetting = await api.App.DatabaseAsync(db => db.Tasks
            .Where(one => one.CaseId == caseId && one.State == TaskState.Open && one.StepName == "人事处德才审查").Select(one => one.Id).FirstAsync(Stop));
        await vetter.GetAsync($"/tasks/{vetting}");
        Assert.DoesNotContain($"/tasks/{again}/take-back", (await unit.GetAsync($"/tasks/{again}")).Text);
        Assert.Contains("已经打开", WebUtility.HtmlDecode((await unit.GetAsync($"/tasks/{again}/take-back")).Text));
        using var token = await api.AsAsync("chenguihua");
        Assert.Equal(HttpStatusCode.Conflict, (await token.PostAsync($"/tasks/{again}/take-back", new { reason = "点错了" })).Status);
        using var stranger = await api.AsAsync("zhaotiezhu");
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsync($"/tasks/{again}/take-back", new { reason = "点错了" })).Status);
    }

    [Fact]
    public async Task Nobody_acts_on_the_task_of_another_by_page_or_by_token()
    {
        var (_, task) = await VettedByAsync("业务处室审查");
        using var stranger = await api.App.SignedInAsync("zhaotiezhu");
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/tasks/{task}/hand-over")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/tasks/{task}/add-signer")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/tasks/{Guid.NewGuid()}/hand-over")).Status);

        using var token = await api.AsAsync("zhaotiezhu");
        var to = await IdAsync("陆文博");
        Assert.Equal(HttpStatusCode.Forbidden, (await token.GetAsync($"/tasks/{task}/colleagues")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await token.PostAsync($"/tasks/{task}/hand-over", new { to, reason = "代办" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await token.PostAsync($"/tasks/{task}/signers", new { people = new[] { to }, place = "after", reason = "请" })).Status);
        Assert.Equal(TaskState.Open, await api.App.DatabaseAsync(db => db.Tasks.Where(one => one.Id == task).Select(one => one.State).SingleAsync(Stop)));
    }

    [Fact]
    public async Task With_a_token_one_lists_colleagues_asks_after_oneself_takes_it_back_and_hands_over()
    {
        var (_, task) = await VettedByAsync("业务处室审查");
        using var head = await api.AsAsync("lili");
        var colleagues = (await head.GetAsync($"/tasks/{task}/colleagues")).Body!.AsArray();
        var to = colleagues.Single(one => one!["name"]!.ToString() == "杨帆")!["id"]!.ToString();

        Assert.Equal(HttpStatusCode.BadRequest, (await head.PostAsync($"/tasks/{task}/signers", new { people = new[] { to }, reason = "请" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await head.PostAsync($"/tasks/{task}/signers", new { people = new[] { to }, place = "after", reason = "请" })).Status);
        var added = await api.App.DatabaseAsync(db => db.Tasks.Where(one => one.AddedForTaskId == task).Select(one => one.Id).SingleAsync(Stop));
        Assert.Equal(HttpStatusCode.NoContent, (await head.PostAsync($"/tasks/{added}/remove", new { })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await head.PostAsync($"/tasks/{added}/remove", new { })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await head.PostAsync($"/tasks/{task}/hand-over", new { to })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await head.PostAsync($"/tasks/{task}/hand-over", new { to, reason = "由其承办" })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await head.PostAsync($"/tasks/{task}/hand-over", new { to, reason = "由其承办" })).Status);
    }

    private async Task<(Guid Case, Guid Task)> VettedByAsync(string step)
    {
        using var applicant = await api.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        using var representative = await api.App.SignedInAsync("chenguihua");
        var page = await representative.GetAsync($"/tasks/{await Applications.OpenTaskAsync(api.App, caseId)}");
        await representative.PostAsync(
            Applications.Decision(page, "Approve").Set("data.recommendationOpinion", "同意推荐"), "file:stampedScan", "盖章.png", Applications.Picture());
        return (caseId, await api.App.DatabaseAsync(db => db.Tasks
            .Where(one => one.CaseId == caseId && one.State == TaskState.Open && one.StepName == step).Select(one => one.Id).FirstAsync(Stop)));
    }

    private Task<Guid> IdAsync(string name) => api.App.DatabaseAsync(db => db.People.Where(one => one.Name == name).Select(one => one.Id).SingleAsync(Stop));
}
