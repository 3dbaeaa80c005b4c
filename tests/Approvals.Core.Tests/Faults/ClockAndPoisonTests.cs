using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Notifications;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Faults;

/// <summary>A clock that is wrong for a while, one case that cannot go on, and a scheduler that was down.</summary>
public sealed class ClockAndPoisonTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Long in tests/prove.sh, short in tests/run.sh.</summary>
    private static readonly int Many = Environment.GetEnvironmentVariable("APPROVALS_PROVE") is null ? 300 : 100_000;

    [Theory, OnEachDatabase]
    public async Task A_clock_an_hour_ahead_and_back_loses_and_doubles_nothing(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Waiting(), CaseProcesses.TwoSigners());
        await world.Kernel.CommitAsync((_, db) => db.People.ExecuteUpdate(set => set.SetProperty(one => one.Email, "a@example.invalid")));
        var before = world.Kernel.Time.GetUtcNow();
        var waits = await world.SubmittedAsync("waiting");
        var signed = await world.SubmittedAsync("two-signers");

        world.Kernel.Time.AdjustTime(before.AddHours(1));
        await RunJobsAsync(world);
        var ahead = await world.SubmittedAsync("waiting");
        await world.DecideAsync(await world.TaskOfAsync(signed, world.Head), world.Head, DecisionKind.Approve);
        world.Kernel.Time.AdjustTime(before.AddMinutes(1));
        await RunJobsAsync(world);
        await world.Kernel.WholeAsync("the clock went back");
        await world.DecideAsync(await world.TaskOfAsync(signed, world.Leader), world.Leader, DecisionKind.Approve);

        // Its half hour began an hour ahead: it is late by the hour the clock was wrong, and not lost.
        Assert.Equal(CaseStatus.Running, (await world.CaseAsync(ahead)).Status);
        world.Kernel.Time.AdjustTime(before.AddHours(2));
        await RunJobsAsync(world);

        await world.Kernel.WholeAsync("the clock was right again");
        foreach (var id in new[] { waits, signed, ahead })
            Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(id)).Status);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Outbox.CountAsync(row => row.DoneAt == null, Cancel)));
    }

    [Theory, OnEachDatabase]
    public async Task A_case_that_cannot_go_on_stops_neither_its_neighbours_nor_the_sweep(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Waiting());
        var ids = new List<Guid>();
        for (var i = 0; i < 9; i++)
            ids.Add(await world.SubmittedAsync("waiting"));
        var poisoned = ids[4];
        await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.CaseId == poisoned)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, "{\"runs\":"), Cancel));
        await world.Kernel.CommitAsync((scope, _) =>
            scope.GetRequiredService<Outbox>().Enqueue("poison", "no-such-kind", new { }));
        world.Kernel.Time.Advance(TimeSpan.FromHours(1));

        for (var round = 0; round < 3; round++)
        {
            await RunJobsAsync(world);
            world.Kernel.Time.Advance(TimeSpan.FromHours(2));
        }

        foreach (var id in ids.Where(id => id != poisoned))
            Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(id)).Status);
        var timer = await world.Kernel.ReadAsync(db => db.Timers.SingleAsync(row => row.FiredAt == null && row.CancelledAt == null, Cancel));
        Assert.Equal((3, "JsonException ← JsonReaderException"), (timer.Attempts, timer.LastError));
        Assert.Equal(3, (await world.Kernel.ReadAsync(db => db.Outbox.SingleAsync(row => row.Key == "poison", Cancel))).Attempts);

        // The check of all records names it, and it alone.
        var report = await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(Cancel));
        var instance = await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.CaseId == poisoned).Select(row => row.Id).SingleAsync(Cancel));
        Assert.Equal(("state", $"instance {instance}"), (Assert.Single(report.Violations).Rule, report.Violations[0].Subject));
    }

    [Theory, OnEachDatabase]
    public async Task After_a_day_without_a_scheduler_every_due_timer_fires_once(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, Alone());
        var instances = 0;
        while (instances < Many)
            instances += await StartAsync(world, Math.Min(500, Many - instances));
        world.Kernel.Time.Advance(TimeSpan.FromDays(1));

        // Two servers come up at the same time.
        var fired = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            world.Kernel.Services.GetRequiredService<TimerSweep>().RunDueAsync(Cancel))));
        while (fired.Sum() < Many)
            fired = [.. fired, await world.Kernel.Services.GetRequiredService<TimerSweep>().RunDueAsync(Cancel)];

        Assert.Equal(Many, fired.Sum());
        Assert.Equal(Many, await world.Kernel.ReadAsync(db => db.Instances.CountAsync(row => row.Status == "Finished", Cancel)));
        await world.Kernel.WholeAsync($"{Many} timers after an outage");
    }

    /// <summary>Instances without a case, many in one transaction, that wait half an hour.</summary>
    private static Task<int> StartAsync(CaseWorld world, int count) => world.Kernel.CommitAsync(async (scope, unit) =>
    {
        var host = scope.GetRequiredService<Approvals.Core.Processes.WorkflowHost>();
        for (var i = 0; i < count; i++)
            await host.StartAsync("waits-alone", null, null, Cancel);
        return count;
    });

    private static Task RunJobsAsync(CaseWorld world) => world.Kernel.InScopeAsync(async scope =>
    {
        await scope.GetRequiredService<TimerSweep>().RunDueAsync(Cancel);
        await scope.GetRequiredService<OutboxWorker>().RunDueAsync(Cancel);
        return true;
    });

    private static TestProcess Waiting() => new TestProcess("waiting") { Prefix = "WT" }
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("wait", "Elsa.Delay", "等待", new { timeSpan = "00:30:00" })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "已等待" })
        .Connect("start", "apply").Connect("apply", "wait").Connect("wait", "close");

    private static TestProcess Alone() => new TestProcess("waits-alone")
        .OnAnothersCase([])
        .Add("start", "Elsa.Start", "开始")
        .Add("wait", "Elsa.Delay", "等待", new { timeSpan = "00:30:00" })
        .Connect("start", "wait");
}
