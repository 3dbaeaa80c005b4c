using Approvals.Core.Inbox;
using Approvals.Core.Integrity;
using Approvals.Core.Notifications;
using Approvals.Core.Retention;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Retention;

/// <summary>Timers that fired and messages that were sent go after their days; nothing that waits, failed or still protects goes.</summary>
public sealed class RemoveFinishedTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_is_over_goes_after_its_days_and_what_waits_or_was_given_up_stays(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var (old, young) = (kernel.Time.GetUtcNow().AddDays(-91), kernel.Time.GetUtcNow().AddDays(-89));
        await kernel.CommitAsync((_, db) =>
        {
            // More than one transaction takes.
            db.Outbox.AddRange(Enumerable.Range(0, RemoveFinished.BatchSize + 5).Select(one => Message($"sent:{one}", old, done: old)));
            db.Outbox.AddRange(Message("sent lately", old, done: young), Message("waits", old), Message("given up", old, failed: old));
            db.Timers.AddRange(
                Timer("fired", old, fired: old), Timer("cancelled", young, cancelled: old), Timer("fired lately", old, fired: young),
                Timer("overdue", old), Timer("waits", kernel.Time.GetUtcNow().AddYears(1)));
        });

        Assert.Equal(new RemovedRows(2, RemoveFinished.BatchSize + 5), await RemoveAsync(kernel));

        Assert.Equal(["given up", "sent lately", "waits"], await kernel.ReadAsync(db => db.Outbox.OrderBy(row => row.Key).Select(row => row.Key).ToListAsync(Cancel)));
        Assert.Equal(["fired lately", "overdue", "waits"], await kernel.ReadAsync(db => db.Timers.OrderBy(row => row.Key).Select(row => row.Key).ToListAsync(Cancel)));
        var entry = await kernel.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == "rows.removed", Cancel));
        Assert.Equal($$"""{"days":90,"messages":{{RemoveFinished.BatchSize + 5}},"timers":2}""", entry.Details);
        Assert.Equal(new RemovedRows(0, 0), await RemoveAsync(kernel));
        Assert.Equal(1, await kernel.ReadAsync(db => db.AuditEntries.CountAsync(Cancel)));
    }

    [Theory, OnEachDatabase]
    public async Task Timers_of_a_case_stay_while_it_runs_and_go_when_it_has_ended_and_the_check_finds_nothing(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, CaseProcesses.TwoSigners());
        var ended = await world.SubmittedAsync("two-signers");
        var refused = await world.SubmittedAsync("two-signers");
        var running = await world.SubmittedAsync("two-signers");
        await world.DecideAsync(await world.TaskOfAsync(ended, world.Head), world.Head, DecisionKind.Approve);
        await world.DecideAsync(await world.TaskOfAsync(ended, world.Leader), world.Leader, DecisionKind.Approve);
        await world.DecideAsync(await world.TaskOfAsync(refused, world.Head), world.Head, DecisionKind.Reject, "材料不实");
        world.Kernel.Time.Advance(TimeSpan.FromDays(10));
        await world.RingAsync();
        Assert.NotEqual(0, await world.Kernel.ReadAsync(db => db.Timers.CountAsync(row => row.FiredAt != null, Cancel)));
        var before = await TimersAsync(world);
        Assert.All([ended, running, refused], id => Assert.NotEqual(0, before.GetValueOrDefault(id)));
        var decisions = await world.Kernel.ReadAsync(db => db.Decisions.CountAsync(Cancel));

        world.Kernel.Time.Advance(TimeSpan.FromDays(91));
        await RemoveAsync(world.Kernel);

        var after = await TimersAsync(world);
        Assert.Equal((0, before[running], 0), (after.GetValueOrDefault(ended), after[running], after.GetValueOrDefault(refused)));
        Assert.Equal(decisions, await world.Kernel.ReadAsync(db => db.Decisions.CountAsync(Cancel)));
        var report = await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(Cancel));
        Assert.Empty(report.Violations);

        // And the case goes on to its end.
        foreach (var signer in new[] { world.Head, world.Leader })
            Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(await world.TaskOfAsync(running, signer), signer, DecisionKind.Approve));
        world.Kernel.Time.Advance(TimeSpan.FromDays(91));
        await RemoveAsync(world.Kernel);
        Assert.Empty(await TimersAsync(world));
    }

    [Theory, OnEachDatabase]
    public async Task Rows_removed_while_people_decide_refuse_and_delay_nobody(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, CaseProcesses.TwoSigners());
        var old = world.Kernel.Time.GetUtcNow().AddDays(-100);
        await world.Kernel.CommitAsync((_, db) => db.Outbox.AddRange(
            Enumerable.Range(0, RemoveFinished.BatchSize * 5).Select(one => Message($"sent:{one}", old, done: old))));
        var cases = new List<Guid>();
        for (var one = 0; one < 6; one++)
            cases.Add(await world.SubmittedAsync("two-signers"));

        var removing = Task.Run(() => RemoveAsync(world.Kernel), Cancel);
        foreach (var id in cases)
            Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve));

        Assert.Equal(RemoveFinished.BatchSize * 5, (await removing).Messages);
    }

    [Fact]
    public async Task Nought_days_keep_everything_and_too_few_are_refused()
    {
        await using var kernel = await TestKernel.StartAsync("Sqlite", services => services.Configure<RetentionOptions>(one => one.FinishedDays = 0));
        var old = kernel.Time.GetUtcNow().AddYears(-9);
        await kernel.CommitAsync((_, db) => db.Outbox.Add(Message("sent", old, done: old)));
        Assert.Equal(new RemovedRows(0, 0), await RemoveAsync(kernel));
        Assert.Equal(1, await kernel.ReadAsync(db => db.Outbox.CountAsync(Cancel)));

        await using var wrong = await TestKernel.StartAsync("Sqlite", services => services.Configure<RetentionOptions>(one => one.FinishedDays = 6));
        Assert.Contains("Retention:FinishedDays", (await Assert.ThrowsAsync<OptionsValidationException>(() => RemoveAsync(wrong))).Message, StringComparison.Ordinal);
    }

    private static Task<RemovedRows> RemoveAsync(TestKernel kernel) =>
        kernel.InScopeAsync(scope => scope.GetRequiredService<RemoveFinished>().RunAsync(Cancel));

    private static Task<Dictionary<Guid, int>> TimersAsync(CaseWorld world) => world.Kernel.ReadAsync(db => (
            from timer in db.Timers
            join instance in db.Instances on timer.InstanceId equals instance.Id
            group timer by instance.CaseId!.Value)
        .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, Cancel));

    private static OutboxMessage Message(string key, DateTimeOffset at, DateTimeOffset? done = null, DateTimeOffset? failed = null) =>
        new() { Key = key, Kind = "mail", Payload = "{}", CreatedAt = at, DueAt = at, DoneAt = done, FailedAt = failed };

    private static TimerRow Timer(string key, DateTimeOffset due, DateTimeOffset? fired = null, DateTimeOffset? cancelled = null) =>
        new() { Key = key, Kind = "test", Payload = "{}", DueAt = due, FiredAt = fired, CancelledAt = cancelled };
}
