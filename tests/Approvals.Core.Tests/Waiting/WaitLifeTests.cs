using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Waiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Waiting;

/// <summary>Waits in a case. The clock stands at Monday, 2026-03-02 09:00 in China.</summary>
public sealed class WaitLifeTests
{
    [Theory, OnEachDatabase]
    public async Task Working_days_are_waited_by_the_calendar_and_end_when_the_office_closes(string provider)
    {
        await using var world = await StartAsync(provider, Waiting("wait", "Approvals.WaitWorkingDays", new { days = "5" }));
        await world.Kernel.CommitAsync((_, db) => db.CalendarDays.Add(new CalendarDay
        {
            Date = new DateOnly(2026, 3, 5), Kind = CalendarDayKind.Holiday, Name = "临时放假",
        }));
        var caseId = await world.SubmittedAsync("wait");
        Assert.Equal(["等待中 至 2026-03-10 17:30（5 个工作日，下班时）"], await WaitsAsync(world, caseId));
        Assert.Equal("等待中", (await world.CaseAsync(caseId)).CurrentSteps);

        world.Kernel.Time.SetUtcNow(ChinaTime.Instant(new DateOnly(2026, 3, 10), new TimeOnly(17, 29)));
        await world.RingAsync();
        Assert.Equal(CaseStatus.Running, (await world.CaseAsync(caseId)).Status);
        await world.Kernel.RestartAsync();
        world.Kernel.Time.Advance(TimeSpan.FromMinutes(1));
        await world.RingAsync();
        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(caseId)).Status);
        Assert.Empty(await WaitsAsync(world, caseId));
    }

    [Theory, OnEachDatabase]
    public async Task A_day_that_is_no_working_day_is_moved_as_the_step_says(string provider)
    {
        await using var world = await StartAsync(provider,
            Waiting("later", "Approvals.WaitUntilDay", new { day = "2026-03-07" }),
            Waiting("earlier", "Approvals.WaitUntilDay", new { day = "2026-03-07", shift = "Earlier", time = "Closing" }),
            Waiting("passed", "Approvals.WaitUntilDay", new { day = new Script("'2026-01-07'") }),
            Waiting("while", "Approvals.WaitDuration", new { amount = "36", unit = "Hours" }));
        Assert.Equal(
            ["等待中 至 2026-03-09 09:00（上班时，原定 2026-03-07 不是工作日）"], await WaitsAsync(world, await world.SubmittedAsync("later")));
        Assert.Equal(
            ["等待中 至 2026-03-06 17:30（下班时，原定 2026-03-07 不是工作日）"], await WaitsAsync(world, await world.SubmittedAsync("earlier")));
        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(await world.SubmittedAsync("passed"))).Status);
        Assert.Equal(["等待中 至 2026-03-03 21:00（36 小时）"], await WaitsAsync(world, await world.SubmittedAsync("while")));
    }

    [Theory, OnEachDatabase]
    public async Task A_message_wakes_the_branch_that_waits_for_it_in_the_same_case_only(string provider)
    {
        await using var world = await StartAsync(provider,
            Message("waiting", "case").Connect("wait", "close", "收到").Connect("wait", "late", "超时"));
        var first = await world.SubmittedAsync("waiting");
        var second = await world.SubmittedAsync("waiting");
        Assert.Equal(["等消息 消息“保单已出具”，最迟 2026-03-04 17:30"], await WaitsAsync(world, first));

        await world.DecideAsync(await world.TaskOfAsync(first, world.Head), world.Head, Approvals.Core.Inbox.DecisionKind.Approve);
        await world.RingAsync();
        Assert.Equal((CaseStatus.Completed, "收到保单"), await EndAsync(world, first));
        Assert.Equal(CaseStatus.Running, (await world.CaseAsync(second)).Status);

        world.Kernel.Time.SetUtcNow(ChinaTime.Instant(new DateOnly(2026, 3, 4), new TimeOnly(17, 30)));
        await world.RingAsync();
        Assert.Equal((CaseStatus.Rejected, "逾期"), await EndAsync(world, second));
    }

    [Theory, OnEachDatabase]
    public async Task A_message_to_all_wakes_other_cases_too(string provider)
    {
        await using var world = await StartAsync(provider,
            Message("waiting", "all").Connect("wait", "close", "收到").Connect("wait", "late", "超时"));
        var first = await world.SubmittedAsync("waiting");
        var second = await world.SubmittedAsync("waiting");
        await world.DecideAsync(await world.TaskOfAsync(first, world.Head), world.Head, Approvals.Core.Inbox.DecisionKind.Approve);
        await world.RingAsync();
        Assert.Equal((CaseStatus.Completed, "收到保单"), await EndAsync(world, first));
        Assert.Equal((CaseStatus.Completed, "收到保单"), await EndAsync(world, second));
    }

    [Fact]
    public void The_end_of_a_wait_counts_from_the_day_after()
    {
        var calendar = new WorkingCalendar([new CalendarDay { Date = new DateOnly(2026, 3, 3), Kind = CalendarDayKind.Holiday, Name = "放假" }]);
        var monday = ChinaTime.Instant(new DateOnly(2026, 3, 2), new TimeOnly(9, 0));
        var saturday = ChinaTime.Instant(new DateOnly(2026, 3, 7), new TimeOnly(9, 0));
        Assert.Equal(ChinaTime.Instant(new DateOnly(2026, 3, 4), new TimeOnly(9, 0)), WaitRules.AfterWorkingDays(calendar, monday, 1, DayTime.Opening));
        Assert.Equal(ChinaTime.Instant(new DateOnly(2026, 3, 2), new TimeOnly(17, 30)), WaitRules.AfterWorkingDays(calendar, monday, 0, DayTime.Closing));
        Assert.Equal(ChinaTime.Instant(new DateOnly(2026, 3, 9), new TimeOnly(17, 30)), WaitRules.AfterWorkingDays(calendar, saturday, 0, DayTime.Closing));
        Assert.Equal(ChinaTime.Instant(new DateOnly(2026, 3, 7), new TimeOnly(9, 0)), WaitRules.OnDay(calendar, new DateOnly(2026, 3, 7), DayShift.None, DayTime.Opening));
    }

    private static Task<CaseWorld> StartAsync(string provider, params TestProcess[] processes) => CaseWorld.StartAsync(provider, processes);

    private static TestProcess Waiting(string key, string type, object inputs) => new TestProcess(key) { Prefix = key }
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("wait", type, "等待中", inputs)
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "apply").Connect("apply", "wait").Connect("wait", "close");

    private static TestProcess Message(string key, string to) => new TestProcess(key)
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("fork", "Elsa.FlowFork", "并行", new { branches = new[] { "甲", "乙" } })
        .Add("wait", "Approvals.WaitForMessage", "等消息", new { message = "保单已出具", deadlineDays = "2" })
        .Add("head", "Approvals.ApprovalStep", "出单", new { who = new[] { "head@owner" }, rejectLabel = "" })
        .Add("send", "Approvals.SendMessage", "告知", new { message = "保单已出具", to })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "收到保单" })
        .Add("late", "Approvals.CloseCase", "逾期", new { status = "Rejected", outcome = "逾期" })
        .Connect("start", "apply").Connect("apply", "fork").Connect("fork", "wait", "甲").Connect("fork", "head", "乙")
        .Connect("head", "send", "同意");

    private static Task<List<string>> WaitsAsync(CaseWorld world, Guid caseId) => world.Kernel.InScopeAsync(async scope =>
        (await scope.GetRequiredService<CaseSheets>().FindAsync(caseId, CaseSheets.ReaderRights, default))!.Waits
        .Select(wait => $"{wait.StepName} {wait.WaitsFor}").ToList());

    private static async Task<(CaseStatus, string?)> EndAsync(CaseWorld world, Guid caseId)
    {
        var row = await world.CaseAsync(caseId);
        return (row.Status, row.Outcome);
    }
}
