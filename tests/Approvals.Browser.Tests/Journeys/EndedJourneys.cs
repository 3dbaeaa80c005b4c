using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>Applications that end before an appointment, and a head who decides on a phone.</summary>
public sealed class EndedJourneys(BrowserFixture browser)
{
    [Fact]
    public async Task One_vetters_rejection_ends_the_case_for_all_and_the_applicant_reads_the_grounds()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var applicant = await visit.SignInAsync("liuzhiqiang");
                await Application.HandInAsync(applicant);
                await Application.RecommendAsync(await visit.SignInAsync("chenguihua"), "同意推荐。");
                var approver = await visit.SignInAsync("lili");
                await approver.ApproveAsync("业务处室审查", "同意。");
                var beaten = await visit.SignInAsync("hanxiaojun");
                await beaten.OpenTaskAsync("业务处室审查");

                var vetter = await visit.SignInAsync("wangqiang");
                await vetter.OpenTaskAsync("救援协调处审查");
                await vetter.ChooseAsync("reject", "指挥岗位任职经历经核实与申报不符。");
                await Look.AtAsync(vetter, "30-task-reject");
                await vetter.SignStoredAsync("reject");
                await office.RunDueAsync();

                // Who had the page open already reads what happened; nothing of the decision is taken.
                await beaten.ChooseAsync("approve", "同意。");
                await beaten.CheckAsync("input[name=Method][value=Stored]");
                await beaten.FillAsync("#d-secret", "Demo-2026!");
                visit.Expect("status of 409");
                await beaten.ClickAsync(".sheet-end button.decide-approve");
                await Expect(beaten.Locator("div.notice[role=status]")).ToContainTextAsync("此待办已不需要办理");
                await Look.AtAsync(beaten, "31-task-closed");

                await applicant.GotoAsync("/inbox?tab=started");
                await Expect(applicant.Row("刘志强")).ToContainTextAsync("未通过");
                await applicant.Row("刘志强").ClickAsync();
                await Expect(applicant.Locator("section[aria-label=办理状态]")).ToContainTextAsync("资格条件及德才审查未通过");
                await Expect(applicant.Locator("section[aria-labelledby=history]")).ToContainTextAsync("指挥岗位任职经历经核实与申报不符。");
                await Look.AtAsync(applicant, "32-case-rejected");
                var letter = await applicant.ReadDocumentAsync("通知书");
                Assert.Contains("刘志强", letter, StringComparison.Ordinal);
                Assert.Contains(Papers.AsPrinted("指挥岗位任职经历经核实与申报不符"), letter, StringComparison.Ordinal);
            },
            office.Address);

        var one = await office.CaseAsync();
        Assert.Equal(CaseStatus.Rejected, one.Status);
        Assert.Equal(0, await office.ReadAsync(db => db.Tasks.CountAsync(task => task.State == TaskState.Open)));
        Assert.Equal(2, await office.ReadAsync(db => db.Tasks.CountAsync(task => task.State == TaskState.Closed)));
    }

    [Fact]
    public async Task An_applicant_withdraws_before_the_first_decision()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                var applicant = await visit.SignInAsync("liuzhiqiang");
                await Application.HandInAsync(applicant);
                await applicant.GetByText("撤回申请", new() { Exact = true }).ClickAsync();
                await applicant.FillAsync("#reason", "工作调动。");
                await applicant.GetByRole(AriaRole.Button, new() { Name = "确认撤回" }).ClickAsync();
                await Expect(applicant.Locator(".case-facts")).ToContainTextAsync("已撤回");
                await Look.AtAsync(applicant, "33-case-withdrawn");
                var unit = await visit.SignInAsync("chenguihua");
                await Expect(unit.Locator(".empty-state")).ToContainTextAsync("没有待办");
            },
            office.Address);

        Assert.Equal(CaseStatus.Withdrawn, (await office.CaseAsync()).Status);
        Assert.Equal(0, await office.ReadAsync(db => db.Tasks.CountAsync(task => task.State == TaskState.Open)));
    }

    [Fact]
    public async Task A_head_decides_on_a_phone_without_JavaScript()
    {
        await using var office = Office.Open();
        await browser.VisitAsync(
            async visit =>
            {
                await Application.HandInAsync(await visit.SignInAsync("liuzhiqiang"));
                await Application.RecommendAsync(await visit.SignInAsync("chenguihua"), "同意推荐。");

                var head = await visit.SignInAsync("lili", phone: true, javaScript: false);
                Assert.True(await FitsAsync(head), "the inbox is wider than the phone");
                await head.OpenTaskAsync("业务处室审查");
                Assert.True(await FitsAsync(head), "the task is wider than the phone");
                await head.ChooseAsync("approve", "同意。");
                await head.SignStoredAsync("approve");
            },
            office.Address);

        var decided = await office.ReadAsync(db => db.Decisions.AsNoTracking().SingleAsync(one => one.StepName == "业务处室审查"));
        Assert.Equal((DecisionKind.Approve, SignatureMethod.Stored), (decided.Kind, decided.Method));
    }

    // Without scripts in the page the browser itself is asked how wide a picture of the whole page would be.
    private static async Task<bool> FitsAsync(IPage page)
    {
        var main = (await page.Locator("main").BoundingBoxAsync())!;
        return main.X >= 0 && main.X + main.Width <= 390;
    }
}
