using Approvals.Core.Audit;
using Approvals.Core.Files;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Faults;

/// <summary>Much at once: approvals of many people, and every job several times.</summary>
public sealed class TogetherTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Two_hundred_approvals_fired_together_are_two_hundred_decisions(string database)
    {
        const int Cases = 200;
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.TwoSigners());
        for (var i = 0; i < Cases; i++)
            await world.SubmittedAsync("two-signers");
        var tasks = await world.Kernel.ReadAsync(db => db.Tasks.AsNoTracking().Where(task => task.State == TaskState.Open).ToListAsync(Cancel));

        var outcomes = await Task.WhenAll(tasks.Select(task => Task.Run(() => world.DecideAsync(task, world.Head, DecisionKind.Approve))));

        Assert.Equal(Cases, outcomes.OfType<DecideOutcome.Decided>().Count());
        Assert.Equal(Cases, await world.Kernel.ReadAsync(db => db.Decisions.CountAsync(one => one.DeciderId == world.Head.Id, Cancel)));
        Assert.Equal(Cases, await world.Kernel.ReadAsync(db => db.Tasks.CountAsync(
            task => task.AssigneeId == world.Leader.Id && task.State == TaskState.Open, Cancel)));
        await world.Kernel.WholeAsync("200 approvals at once");
    }

    [Theory, OnEachDatabase]
    public async Task Every_job_run_three_times_at_once_does_its_work_once(string database)
    {
        const int Cases = 20;
        await using var world = await CaseWorld.StartAsync(database, CaseProcesses.Deadline());
        await world.Kernel.CommitAsync((_, db) => db.People.Where(one => one.Id == world.Head.Id)
            .ExecuteUpdate(set => set.SetProperty(one => one.Email, "head@example.invalid")));
        for (var i = 0; i < Cases; i++)
            await world.SubmittedAsync("deadline");
        await world.Kernel.InScopeAsync(async scope =>
        {
            // A content that no row names, for the sweep of files.
            await scope.GetRequiredService<FileStore>().SaveAsync(new MemoryStream([1, 2, 3]), "image/png", null, Cancel);
            return true;
        });
        world.Kernel.Time.Advance(TimeSpan.FromDays(7));

        await AtOnceAsync(world.Kernel, scope => scope.GetRequiredService<TimerSweep>().RunDueAsync(Cancel));
        await AtOnceAsync(world.Kernel, scope => scope.GetRequiredService<OutboxWorker>().RunDueAsync(Cancel));
        await AtOnceAsync(world.Kernel, scope => scope.GetRequiredService<CheckpointJob>().RunAsync(Cancel));
        await AtOnceAsync(world.Kernel, scope => scope.GetRequiredService<SweepFiles>().RunAsync(Cancel));

        await world.Kernel.WholeAsync("every job three times at once");
        Assert.Equal(Cases, await world.Kernel.ReadAsync(db => db.Cases.CountAsync(row => row.Outcome == "到期未办", Cancel)));
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Timers.CountAsync(row => row.FiredAt == null && row.CancelledAt == null, Cancel)));
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Outbox.CountAsync(row => row.DoneAt == null, Cancel)));
        var mails = Directory.GetFiles(Path.Combine(world.Kernel.Folder, "mail"));
        Assert.Equal(await world.Kernel.ReadAsync(db => db.Notifications.CountAsync(one => one.PersonId == world.Head.Id, Cancel)), mails.Length);
    }

    private static Task AtOnceAsync<T>(TestKernel kernel, Func<IServiceProvider, Task<T>> job) =>
        Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => kernel.InScopeAsync(job))));
}
