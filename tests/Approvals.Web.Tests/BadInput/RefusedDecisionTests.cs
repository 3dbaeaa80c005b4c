using System.Net;
using Approvals.Core.Inbox;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.BadInput;

/// <summary>Decisions that must not happen: somebody else's, decided already, with the wrong password.</summary>
public sealed class RefusedDecisionTests(RefusedInputTests.Running running) : IClassFixture<RefusedInputTests.Running>
{
    private const string Opinion = "此人业务能力突出，同意推荐。";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_elses_task_is_not_shown_and_not_decided()
    {
        var (caseId, task) = await SubmittedAsync();
        using var owner = await running.App.SignedInAsync("chenguihua");
        using var stranger = await running.App.SignedInAsync("majunjie");
        var form = Applications.Decision(await owner.GetAsync($"/tasks/{task}"), "Approve", Opinion);
        form.Set("__RequestVerificationToken", (await stranger.GetAsync("/profile")).Form("退出")["__RequestVerificationToken"]!);
        var before = await FootprintAsync(caseId);

        var read = await stranger.GetAsync($"/tasks/{task}");
        var decided = await stranger.PostAsync(form);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (read.Status, decided.Status));
        Assert.Contains("您无权查看或办理此内容", WebUtility.HtmlDecode(decided.Text));
        Assert.DoesNotContain("刘志强", WebUtility.HtmlDecode(read.Text + decided.Text));
        Assert.Equal(before, await FootprintAsync(caseId));
        running.AssertLogged("/tasks/{id:guid}", HttpStatusCode.Forbidden);
        running.AssertSilentAbout(Opinion, "刘志强", "马俊杰", Applications.Password);
    }

    [Fact]
    public async Task A_task_decided_already_says_who_and_when_and_keeps_the_opinion()
    {
        var (caseId, task) = await SubmittedAsync();
        using var one = await running.App.SignedInAsync("chenguihua");
        using var other = await running.App.SignedInAsync("chenguihua");
        var first = Decision(await one.GetAsync($"/tasks/{task}"), "推荐");
        var second = Decision(await other.GetAsync($"/tasks/{task}"), Opinion);
        await one.PostAsync(first, "file:stampedScan", "盖章.png", Applications.Picture());
        var before = await FootprintAsync(caseId);

        var late = await other.PostAsync(second, "file:stampedScan", "盖章.png", Applications.Picture());

        var text = WebUtility.HtmlDecode(late.Text);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("已由 陈桂花 于 2026-11-23 09:00 办理", text);
        Assert.Contains(Opinion, text);
        Assert.Equal(before, await FootprintAsync(caseId));
        running.AssertLogged("/tasks/{id:guid}", HttpStatusCode.Conflict);
        running.AssertSilentAbout(Opinion, "陈桂花", Applications.Password);
    }

    [Fact]
    public async Task Somebody_elses_finished_task_is_refused_as_an_open_one_also_for_whoever_may_read_the_case()
    {
        var (caseId, task) = await SubmittedAsync();
        using var owner = await running.App.SignedInAsync("chenguihua");
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var form = Decision(await owner.GetAsync($"/tasks/{task}"), "推荐");
        var forged = Decision(await owner.GetAsync($"/tasks/{task}"), Opinion)
            .Set("__RequestVerificationToken", (await applicant.GetAsync("/profile")).Form("退出")["__RequestVerificationToken"]!);
        var open = await applicant.PostAsync(forged);
        await owner.PostAsync(form, "file:stampedScan", "盖章.png", Applications.Picture());
        var before = await FootprintAsync(caseId);

        var finished = await applicant.PostAsync(forged);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (open.Status, finished.Status));
        Assert.DoesNotContain("陈桂花 于", WebUtility.HtmlDecode(finished.Text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await applicant.GetAsync($"/tasks/{task}/hand-over")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await applicant.GetAsync($"/tasks/{task}/add-signer")).Status);
        Assert.Equal(before, await FootprintAsync(caseId));
    }

    [Fact]
    public async Task The_wrong_password_is_told_beside_the_field_and_the_fifth_one_locks_the_account()
    {
        var (caseId, task) = await SubmittedAsync();
        using var signer = await running.App.SignedInAsync("chenguihua");
        var page = await signer.GetAsync($"/tasks/{task}");
        var before = await FootprintAsync(caseId);
        for (var attempt = 1; attempt < 5; attempt++)
        {
            var wrong = await signer.PostAsync(
                Decision(page, Opinion).Set("Secret", "Wrong-pass-1"), "file:stampedScan", "盖章.png", Applications.Picture());
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
            Assert.Matches("id=\"d-secret\"[\\s\\S]{0,400}密码或动态码不正确", WebUtility.HtmlDecode(wrong.Text));
            Assert.Contains(Opinion, WebUtility.HtmlDecode(wrong.Text));
            page = wrong;
        }

        await signer.PostAsync(Decision(page, Opinion).Set("Secret", "Wrong-pass-1"));
        var locked = await signer.PostAsync(Decision(page, Opinion));

        Assert.Equal(HttpStatusCode.Forbidden, locked.Status);
        Assert.Contains("账号已锁定", WebUtility.HtmlDecode(locked.Text));
        Assert.Contains(Opinion, WebUtility.HtmlDecode(locked.Text));
        Assert.Equal(before.Decisions, (await FootprintAsync(caseId)).Decisions);
        running.AssertSilentAbout(Opinion, "Wrong-pass-1", Applications.Password);
        await running.App.DatabaseAsync(db => db.Users.ExecuteUpdateAsync(
            set => set.SetProperty(user => user.LockoutEnd, (DateTimeOffset?)null).SetProperty(user => user.AccessFailedCount, 0), Stop));
    }

    private static HtmlForm Decision(Page page, string opinion) =>
        Applications.Decision(page, "Approve", opinion).Set("data.recommendationOpinion", "同意推荐");

    private async Task<(Guid Case, Guid Task)> SubmittedAsync()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        return (caseId, await Applications.OpenTaskAsync(running.App, caseId));
    }

    private Task<(int Decisions, int Open, int Files)> FootprintAsync(Guid caseId) => running.App.DatabaseAsync(async db => (
        await db.Decisions.CountAsync(one => one.CaseId == caseId, Stop),
        await db.Tasks.CountAsync(one => one.CaseId == caseId && one.State == TaskState.Open, Stop),
        await db.Attachments.CountAsync(one => one.CaseId == caseId, Stop)));
}
