using System.Net;
using Approvals.Core.Inbox;
using Approvals.Core.Regulations;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Tasks;

/// <summary>批量同意 by the page: forms to look at, one signature, and what could not be approved said beside what was.</summary>
public sealed class BatchTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_head_ticks_two_of_three_signs_once_and_reads_why_one_of_them_was_not_approved()
    {
        var tasks = new[] { await VettedAsync(), await VettedAsync(), await VettedAsync() };
        using var head = await app.SignedInAsync("wangqiang");
        Assert.DoesNotContain("/inbox/batch", (await head.GetAsync("/inbox")).Text, StringComparison.Ordinal);
        Assert.Contains("没有可以批量同意的待办", WebUtility.HtmlDecode((await head.GetAsync("/inbox/batch")).Text), StringComparison.Ordinal);

        // As if the process owner had allowed it at this step before the cases came here.
        await app.DatabaseAsync(db => db.StepRuns.Where(step => step.StepName == "救援协调处审查").ExecuteUpdateAsync(set => set.SetProperty(
            step => step.Options, step => step.Options.Replace("\"returnTargets\":", "\"canBatch\":true,\"returnTargets\":")), Stop));
        Assert.Contains("有不符合的核查结果，须单独办理", WebUtility.HtmlDecode((await head.GetAsync("/inbox/batch")).Text), StringComparison.Ordinal);
        await app.DatabaseAsync(db => db.Findings.ExecuteUpdateAsync(set => set.SetProperty(finding => finding.Verdict, Verdict.Pass), Stop));
        var page = await head.GetAsync("/inbox/batch");
        Assert.All(tasks, task => Assert.Contains($"shown-{task}", page.Text, StringComparison.Ordinal));
        Assert.Contains("抢险救援技术指挥官申请（推荐）表", WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        var form = page.Form("name=\"Secret\"").Set("Opinion", "一并同意");

        var nothing = await head.PostAsync(form.Set("Secret", Applications.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.Status);
        Assert.Contains("请勾选要同意的业务件", WebUtility.HtmlDecode(nothing.Text), StringComparison.Ordinal);

        form = nothing.Form("name=\"Secret\"").Tick("Chosen", tasks[0].ToString()).Tick("Chosen", tasks[1].ToString());
        var wrong = await head.PostAsync(form.Set("Secret", "not-mine"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("一并同意", WebUtility.HtmlDecode(wrong.Text), StringComparison.Ordinal);
        Assert.Equal([TaskState.Open, TaskState.Open, TaskState.Open], await StatesAsync(tasks));

        await head.PostAsync(Applications.Decision(await head.GetAsync($"/tasks/{tasks[0]}"), "Approve"));
        var partly = await head.PostAsync(form.Set("Secret", Applications.Password));
        Assert.Equal(HttpStatusCode.Conflict, partly.Status);
        var text = WebUtility.HtmlDecode(partly.Text);
        Assert.Contains("已同意 1 件。", text, StringComparison.Ordinal);
        Assert.Contains("已由 王强 办理：同意", text, StringComparison.Ordinal);
        Assert.Equal([TaskState.Done, TaskState.Done, TaskState.Open], await StatesAsync(tasks));
        Assert.Equal("一并同意", await app.DatabaseAsync(db => db.Decisions.Where(one => one.TaskId == tasks[1]).Select(one => one.Opinion).SingleAsync(Stop)));
    }

    [Fact]
    public async Task Where_no_step_is_signed_neither_a_signature_nor_the_password_is_asked_for()
    {
        var task = await VettedAsync();
        await app.DatabaseAsync(db => db.StepRuns.Where(step => step.StepName == "救援协调处审查").ExecuteUpdateAsync(set => set.SetProperty(
            step => step.Options,
            step => step.Options.Replace("\"returnTargets\":", "\"canBatch\":true,\"returnTargets\":").Replace("\"requiresSignature\":true", "\"requiresSignature\":false")), Stop));
        await app.DatabaseAsync(db => db.Findings.ExecuteUpdateAsync(set => set.SetProperty(finding => finding.Verdict, Verdict.Pass), Stop));
        using var head = await app.SignedInAsync("wangqiang");

        var page = await head.GetAsync("/inbox/batch");
        Assert.DoesNotContain("name=\"Secret\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("b-signature", page.Text, StringComparison.Ordinal);
        var answer = await head.PostAsync(page.Form("name=\"Opinion\"").Tick("Chosen", task.ToString()));

        Assert.Equal((HttpStatusCode.Redirect, "/inbox"), (answer.Status, answer.Location));
        Assert.Equal([TaskState.Done], await StatesAsync([task]));
        Assert.Equal(SignatureMethod.None, await app.DatabaseAsync(db => db.Decisions.Where(one => one.TaskId == task).Select(one => one.Method).SingleAsync(Stop)));
    }

    private async Task<TaskState[]> StatesAsync(Guid[] tasks)
    {
        var states = await app.DatabaseAsync(db => db.Tasks.Where(one => tasks.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.State, Stop));
        return [.. tasks.Select(task => states[task])];
    }

    private async Task<Guid> VettedAsync()
    {
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        using var representative = await app.SignedInAsync("chenguihua");
        var page = await representative.GetAsync($"/tasks/{await Applications.OpenTaskAsync(app, caseId)}");
        await representative.PostAsync(
            Applications.Decision(page, "Approve").Set("data.recommendationOpinion", "同意推荐"), "file:stampedScan", "盖章.png", Applications.Picture());
        return await app.DatabaseAsync(db => db.Tasks.Where(one => one.CaseId == caseId && one.StepName == "救援协调处审查").Select(one => one.Id).SingleAsync(Stop));
    }
}
