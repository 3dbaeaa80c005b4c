using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Notices;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Notices;
using Approvals.Core.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Faults;

/// <summary>
/// Every command and every commit of an act fails once: nothing is left half done, and the act can be repeated until it succeeds, once.
/// </summary>
public sealed class InjectedFaultTests
{
    private const int MostCommands = 200;

    private readonly FaultInjector injector = new();

    [Theory, OnEachDatabase]
    public async Task A_submission_that_fails_at_any_command_leaves_nothing_and_can_be_repeated(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, injector.AddTo, CaseProcesses.TwoSigners());
        var draft = await world.AsAsync(world.Applicant, scope => scope.GetRequiredService<StartCase>().DraftAsync("two-signers", default));

        var submitted = await StrikeAsync(world.Kernel, () => world.AsAsync(world.Applicant, scope => scope.GetRequiredService<SubmitCase>()
            .SubmitAsync(draft!.Value, new() { ["name"] = "申请人甲", ["reason"] = "需要" }, default)));

        Assert.True(submitted.Points > 8, $"only {submitted.Points} points");
        var row = await world.CaseAsync(draft!.Value);
        Assert.Equal((CaseStatus.Running, "CS-2026-0001"), (row.Status, row.Number));
        Assert.Equal(["submitted"], await world.HistoryAsync(draft.Value));
        Assert.Single(await world.OpenTasksAsync(draft.Value));
    }

    [Theory, OnEachDatabase]
    public async Task A_decision_that_fails_at_any_command_leaves_nothing_and_can_be_repeated(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, injector.AddTo, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        foreach (var (person, kind, target) in new[]
                 {
                     (world.Head, DecisionKind.Return, "apply"), (world.Applicant, DecisionKind.Submit, null),
                     (world.Head, DecisionKind.Approve, null), (world.Leader, DecisionKind.Approve, (string?)null),
                 })
        {
            var task = await world.TaskOfAsync(id, person);
            await StrikeAsync(world.Kernel, () => world.DecideAsync(task, person, kind, "已核对", target));
            Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Decisions.CountAsync(one => one.TaskId == task.Id)));
        }

        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(id)).Status);
        Assert.Equal(["submitted", "returned", "submitted", "decided", "decided", "completed"], await world.HistoryAsync(id));
    }

    [Theory, OnEachDatabase]
    public async Task A_withdrawal_that_fails_at_any_command_leaves_nothing_and_can_be_repeated(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, injector.AddTo, CaseProcesses.Fork());
        var id = await world.SubmittedAsync("fork");

        await StrikeAsync(world.Kernel, () => world.AsAsync(
            world.Applicant, scope => scope.GetRequiredService<WithdrawCase>().WithdrawAsync(id, "不再申请", default)));

        Assert.Equal(CaseStatus.Withdrawn, (await world.CaseAsync(id)).Status);
        Assert.Empty(await world.OpenTasksAsync(id));
    }

    [Theory, OnEachDatabase]
    public async Task From_the_notice_to_the_certificates_a_fault_at_any_command_takes_nothing_twice(string database)
    {
        await using var world = await IssuingWorld.StartAsync(database, injector.AddTo);
        await world.CaseAtNoticeAsync();
        world.Kernel.Time.SetUtcNow(ChinaTime.EndOf(new DateOnly(2026, 3, 9)).AddMinutes(1));
        await StrikeTimersAsync(world);
        Assert.Equal(NoticeStatus.Ended, (await world.Kernel.ReadAsync(db => db.Notices.SingleAsync())).Status);

        var session = await PlannedAsync(world);
        await StrikeAsync(world.Kernel, () => world.Kernel.InScopeAsync(
            scope => scope.GetRequiredService<PublishResults>().PublishAsync(session, default)));
        await StrikeTimersAsync(world);

        Assert.Equal(3, await world.Kernel.ReadAsync(db => db.Certificates.CountAsync()));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Commanders.CountAsync()));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Cases.CountAsync(row => row.ProcessKey == "accident-insurance")));
    }

    /// <summary>Repeats an act, failing one point further each time, until it passes untouched.</summary>
    private async Task<(T Result, int Points)> StrikeAsync<T>(TestKernel kernel, Func<Task<T>> act)
    {
        for (var point = 1; point < MostCommands; point++)
        {
            var before = await kernel.RowsAsync();
            injector.Arm(point);
            try
            {
                var result = await act();
                if (!injector.HasStruck)
                    return (result, point - 1);
            }
            catch (Exception fault) when (IsInjected(fault))
            {
            }

            injector.Disarm();
            await kernel.WholeAsync($"a fault at point {point}: {injector.Struck}");
            if (injector.Struck != FaultInjector.After)
                Assert.Equal(before.Except(await kernel.RowsAsync()), []);
        }

        throw new InvalidOperationException($"The act has more than {MostCommands} points of failure.");
    }

    /// <summary>The same for whatever timers are due; a failed one is tried again an hour later.</summary>
    private async Task StrikeTimersAsync(IssuingWorld world)
    {
        for (var point = 1; point < MostCommands * 2; point++)
        {
            injector.Arm(point);
            try
            {
                await world.RingAsync();
            }
            catch (Exception fault) when (IsInjected(fault))
            {
            }

            var struck = injector.HasStruck;
            injector.Disarm();
            await world.Kernel.WholeAsync($"a fault at point {point}: {injector.Struck}");
            if (!struck)
                return;
            world.Kernel.Time.Advance(TimeSpan.FromHours(1));
        }

        throw new InvalidOperationException("The timers have too many points of failure.");
    }

    private static async Task<Guid> PlannedAsync(IssuingWorld world)
    {
        var kernel = world.Kernel;
        var today = ChinaTime.DateOf(kernel.Time.GetUtcNow());
        var planned = await kernel.InScopeAsync(scope => scope.GetRequiredService<PlanSession>()
            .CreateAsync(new SessionInput("第一期培训班", today, "区应急局三楼", 10), default));
        var session = Assert.IsType<PlanOutcome.Saved>(planned).Id;
        var waiting = await kernel.ReadAsync(db => db.TrainingEnrolments.Select(row => row.Id).SingleAsync());
        Assert.IsType<EnrolOutcome.Seated>(await kernel.InScopeAsync(
            scope => scope.GetRequiredService<EnrolCandidates>().SeatAsync(session, [waiting], default)));
        Assert.IsType<RecordOutcome.Saved>(await kernel.InScopeAsync(
            scope => scope.GetRequiredService<RecordResults>().SaveAsync(session, [new ResultInput(waiting, true, 90m)], default)));
        return session;
    }

    private static bool IsInjected(Exception? fault) => fault is InjectedFault || (fault is not null && IsInjected(fault.InnerException));
}
