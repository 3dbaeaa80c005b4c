using System.Net;
using System.Text.RegularExpressions;
using Approvals.Core.Inbox;
using Approvals.Web.Tests.Api;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Tasks;

public sealed class TaskPageTests(TaskPageTests.Submitted submitted) : IClassFixture<TaskPageTests.Submitted>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_says_what_comes_next_and_to_whom_before_the_decision()
    {
        using var representative = await submitted.App.SignedInAsync("chenguihua");
        var (_, task) = await submitted.NewAsync();

        var page = await representative.GetAsync($"/tasks/{task}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("之后转", WebUtility.HtmlDecode(page.Text));
        Assert.Contains("flow-current", page.Text);
        Assert.DoesNotContain(" style=", page.Text);
    }

    [Fact]
    public async Task A_vetter_is_told_whom_the_case_still_waits_for_before_it_goes_on()
    {
        using var representative = await submitted.App.SignedInAsync("chenguihua");
        var (caseId, task) = await submitted.NewAsync();
        var first = await representative.GetAsync($"/tasks/{task}");
        Assert.Contains("填写：单位推荐意见、", WebUtility.HtmlDecode(first.Text));
        await representative.PostAsync(
            Applications.Decision(first, "Approve").Set("data.recommendationOpinion", "推荐"), "file:stampedScan", "盖章.png", Applications.Picture());

        foreach (var (user, step, words) in new[]
        {
            ("wangqiang", "救援协调处审查", "“同意”之后，等“业务处室审查”（李丽）、“人事处德才审查”（宋敏）也办理完毕，再转“公示”。"),
            ("lili", "业务处室审查", "“同意”之后，等“人事处德才审查”（宋敏）也办理完毕，再转“公示”。"),
            ("songmin", "人事处德才审查", "“同意”之后转“公示”。"),
        })
        {
            using var vetter = await submitted.App.SignedInAsync(user);
            var own = await submitted.App.DatabaseAsync(db => db.Tasks.Where(one => one.CaseId == caseId && one.StepName == step).Select(one => one.Id).SingleAsync(Stop));
            var page = await vetter.GetAsync($"/tasks/{own}");
            Assert.Contains(words, WebUtility.HtmlDecode(page.Text));
            Assert.Contains("href=\"#findings\"", page.Text);
            await vetter.PostAsync(Applications.Decision(page, "Approve"));
        }

        using var applicant = await submitted.App.SignedInAsync("liuzhiqiang");
        var text = WebUtility.HtmlDecode((await applicant.GetAsync($"/cases/{caseId}")).Text);
        Assert.Matches("等待</dt><dd>公示期满", text);
        Assert.Contains("核查完毕，3 项不符合", text);
        using var anyone = submitted.App.Browser();
        Assert.Contains("2026-11-23 发布，公示至 2026-11-30", WebUtility.HtmlDecode((await anyone.GetAsync("/public/notices")).Text));
    }

    [Fact]
    public async Task A_message_counts_at_the_bell_until_what_it_leads_to_is_opened()
    {
        using var representative = await submitted.App.SignedInAsync("chenguihua");
        var (_, task) = await submitted.NewAsync();
        Task<bool> IsUnreadAsync() => submitted.App.DatabaseAsync(db => db.Notifications.AnyAsync(
            row => row.Link == $"/tasks/{task}" && row.ReadAt == null, Stop));
        Assert.True(await IsUnreadAsync());
        Assert.Matches("""href="/profile/notifications"[^>]*>.*<span class="count">[1-9]""", (await representative.GetAsync("/inbox")).Text);

        await representative.GetAsync($"/tasks/{task}");

        Assert.False(await IsUnreadAsync());
    }

    [Fact]
    public async Task A_decision_is_taken_and_the_inbox_moves_on()
    {
        using var representative = await submitted.App.SignedInAsync("chenguihua");
        var (caseId, task) = await submitted.NewAsync();
        var page = await representative.GetAsync($"/tasks/{task}");

        var answer = await representative.PostAsync(
            Applications.Decision(page, "Approve").Set("data.recommendationOpinion", "同意推荐"),
            "file:stampedScan", "盖章.png", Applications.Picture());

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Contains("刘志强的“技术指挥官聘任”已办理：同意推荐。", WebUtility.HtmlDecode((await representative.FollowAsync(answer)).Text));
        Assert.Equal(3, await submitted.App.DatabaseAsync(db => db.Tasks.CountAsync(one => one.CaseId == caseId && one.State == TaskState.Open, Stop)));
    }

    [Fact]
    public async Task Whoever_has_to_correct_reads_first_who_sent_it_back_and_why()
    {
        using var representative = await submitted.App.SignedInAsync("chenguihua");
        using var applicant = await submitted.App.SignedInAsync("liuzhiqiang");
        var (caseId, task) = await submitted.NewAsync();
        var page = await representative.GetAsync($"/tasks/{task}");
        Assert.Contains("退回给刘志强（个人申请）。", WebUtility.HtmlDecode(page.Text));
        Assert.DoesNotContain("已退回", WebUtility.HtmlDecode((await applicant.GetAsync("/inbox")).Text));

        var sent = await representative.FollowAsync(
            await representative.PostAsync(Applications.Decision(page, "Return", "请补充岗位资质证书。").Set("ReturnTo", "apply")));

        Assert.Contains("已退回刘志强的“技术指挥官聘任”，等待刘志强更正。", WebUtility.HtmlDecode(sent.Text));
        const string Why = "陈桂花（单位推荐）退回：请补充岗位资质证书。";
        var inbox = WebUtility.HtmlDecode((await applicant.GetAsync("/inbox")).Text);
        Assert.Contains("已退回", inbox);
        Assert.Contains(Why, inbox);
        Assert.Contains(Why, WebUtility.HtmlDecode((await applicant.GetAsync($"/cases/{caseId}")).Text));
        var own = await Applications.OpenTaskAsync(submitted.App, caseId);
        var correcting = await applicant.GetAsync($"/tasks/{own}");
        Assert.Contains(Why, WebUtility.HtmlDecode(correcting.Text));

        await applicant.PostAsync(Applications.Decision(correcting, "Submit"));
        Assert.DoesNotContain(Why + "</strong>", WebUtility.HtmlDecode((await applicant.GetAsync($"/cases/{caseId}")).Text));
    }

    [Fact]
    public async Task A_wrong_password_changes_nothing_and_keeps_the_opinion()
    {
        using var representative = await submitted.App.SignedInAsync("chenguihua");
        var (caseId, task) = await submitted.NewAsync();
        var page = await representative.GetAsync($"/tasks/{task}");

        var answer = await representative.PostAsync(
            Applications.Decision(page, "Approve", "我写了很久的意见").Set("data.recommendationOpinion", "推荐").Set("Secret", "wrong"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("我写了很久的意见", WebUtility.HtmlDecode(answer.Text));
        Assert.Contains("密码或动态码不正确", WebUtility.HtmlDecode(answer.Text));
        Assert.DoesNotContain("value=\"wrong\"", answer.Text);
        Assert.Equal(0, await submitted.App.DatabaseAsync(db => db.Decisions.CountAsync(one => one.TaskId == task, Stop)));
    }

    [Fact]
    public async Task Somebody_elses_task_can_be_neither_read_nor_decided()
    {
        using var stranger = await submitted.App.SignedInAsync("xiongwei");
        using var representative = await submitted.App.SignedInAsync("chenguihua");
        var (_, task) = await submitted.NewAsync();
        var page = await representative.GetAsync($"/tasks/{task}");
        var own = await stranger.GetAsync("/start");
        var forged = Applications.Decision(page, "Approve").Set("__RequestVerificationToken", own.Form("commander-appointment")["__RequestVerificationToken"]!);

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/tasks/{task}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsync(forged)).Status);
        Assert.Equal(0, await submitted.App.DatabaseAsync(db => db.Decisions.CountAsync(one => one.TaskId == task, Stop)));
    }

    [Fact]
    public async Task A_task_decided_already_answers_409_and_says_by_whom()
    {
        using var representative = await submitted.App.SignedInAsync("chenguihua");
        var (_, task) = await submitted.NewAsync();
        var page = await representative.GetAsync($"/tasks/{task}");
        var decision = Applications.Decision(page, "Approve").Set("data.recommendationOpinion", "推荐");
        await representative.PostAsync(decision, "file:stampedScan", "盖章.png", Applications.Picture());

        var again = await representative.PostAsync(decision);

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("已由 陈桂花 于", WebUtility.HtmlDecode(again.Text));
    }

    [Fact]
    public async Task A_decision_over_changed_content_is_refused_and_the_opinion_kept()
    {
        using var representative = await submitted.App.SignedInAsync("chenguihua");
        var (_, task) = await submitted.NewAsync();
        var page = await representative.GetAsync($"/tasks/{task}");

        var answer = await representative.PostAsync(
            Applications.Decision(page, "Approve", "旧内容的意见").Set("data.recommendationOpinion", "推荐").Set("ShownHash", new string('0', 64)));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("内容已更新，请重新核对", WebUtility.HtmlDecode(answer.Text));
        Assert.Contains("旧内容的意见", WebUtility.HtmlDecode(answer.Text));
    }

    [Fact]
    public async Task Whoever_was_asked_in_is_shown_what_is_stored_after_a_wrong_password_and_a_redraw_too()
    {
        using var colleague = await submitted.App.SignedInAsync("chenguihua");
        var (caseId, task) = await submitted.NewAsync();
        await Applications.AskedInAsync(submitted.App, task, "已写好的推荐意见");
        var page = await colleague.GetAsync($"/tasks/{task}");
        Assert.Contains("已写好的推荐意见", WebUtility.HtmlDecode(page.Text));

        var redrawn = await colleague.PostAsync(page.Form("ShownHash").Set("redraw", "1"));
        Assert.Contains("已写好的推荐意见", WebUtility.HtmlDecode(redrawn.Text));
        var wrong = await colleague.PostAsync(Applications.Decision(page, "Approve").Set("Secret", "wrong"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("已写好的推荐意见", WebUtility.HtmlDecode(wrong.Text));

        Assert.Equal(HttpStatusCode.Redirect, (await colleague.PostAsync(Applications.Decision(wrong, "Approve"))).Status);
        Assert.Contains("\\u63A8\\u8350", await submitted.App.DatabaseAsync(db => db.Cases.Where(one => one.Id == caseId).Select(one => one.Data).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Every_kind_of_decision_that_the_step_offers_is_on_the_page_an_abstention_too()
    {
        using var voter = await submitted.App.SignedInAsync("chenguihua");
        using var token = await ApiClient.AsAsync(submitted.App, "chenguihua");
        var (_, task) = await submitted.NewAsync();
        await submitted.App.DatabaseAsync(db => db.StepRuns.Where(step => db.Tasks.Any(one => one.Id == task && one.StepRunId == step.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(step => step.Mode, StepMode.Vote), Stop));

        var page = await voter.GetAsync($"/tasks/{task}");
        var offered = (await token.GetAsync($"/tasks/{task}")).Body!["kinds"]!.AsArray().Select(kind => kind!.ToString()).Order().ToList();
        var drawn = Regex.Matches(page.Text, "name=\"Kind\" id=\"(kind-[a-z]+)\" value=\"([A-Za-z]+)\"");

        Assert.Contains("abstain", offered);
        Assert.Equal(offered, drawn.Select(one => one.Groups[2].Value.ToLowerInvariant()).Order());
        Assert.All(drawn, one => Assert.Contains($"for=\"{one.Groups[1].Value}\"", page.Text));
        Assert.Contains("确认弃权", WebUtility.HtmlDecode(page.Text));
        var answer = await voter.PostAsync(
            Applications.Decision(page, "Abstain", "").Set("data.recommendationOpinion", "弃权"), "file:stampedScan", "盖章.png", Applications.Picture());
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal("弃权", await submitted.App.DatabaseAsync(db => db.Tasks.Where(one => one.Id == task).Select(one => one.DecidedAs).SingleAsync(Stop)));
    }

    /// <summary>One product for the class; every test has a case of its own.</summary>
    public sealed class Submitted : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public async Task<(Guid Case, Guid Task)> NewAsync()
        {
            using var applicant = await App.SignedInAsync("liuzhiqiang");
            var caseId = await Applications.SubmittedAsync(applicant);
            return (caseId, await Applications.OpenTaskAsync(App, caseId));
        }

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
