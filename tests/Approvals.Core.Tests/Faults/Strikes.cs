using Approvals.Core.Notifications;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Faults;

/// <summary>
/// Fails an act at its first save or commit, then at its second, and so on until it passes untouched; in tests/prove.sh also at every command
/// that only reads. After each fault every row of every table is as it was before, when every invariant held; where the commit had happened
/// and only its answer was lost, and at the end, every invariant is asked again.
/// </summary>
internal sealed class Strikes
{
    private const int MostCommands = 400;

    private static readonly bool IsProving = Environment.GetEnvironmentVariable("APPROVALS_PROVE") is not null;

    private readonly FaultInjector injector = new() { IsOfSavesOnly = !IsProving };

    /// <summary>Puts it between the product and its database.</summary>
    public void AddTo(IServiceCollection services) => injector.AddTo(services);

    /// <summary>Fails an act at every point. What it answers is not judged here: after a lost answer it may be told that it is done.</summary>
    /// <returns>How many points there were.</returns>
    public async Task<int> AtEveryPointAsync(TestKernel kernel, string what, Func<Task> act)
    {
        // In tests/run.sh PostgreSQL is struck at every third save only: the acts are the same, and each look at all rows costs more there.
        var step = IsProving || await kernel.ReadAsync(db => Task.FromResult(db.Database.IsSqlite())) ? 1 : 3;
        await kernel.WholeAsync($"what came before {what}");
        var before = await kernel.ContentAsync();
        for (var point = 1; point < MostCommands; point += step)
        {
            var passes = await PassesAsync(point, act);
            var after = await kernel.ContentAsync();
            if (passes || injector.Struck == FaultInjector.After)
                await kernel.WholeAsync(passes ? what : $"{what}, with its answer lost");
            else
                Assert.True(
                    before.SequenceEqual(after),
                    $"{what}, a fault at point {point} ({injector.Struck}) changed {string.Join(", ", before.Except(after).Select(table => table.Key))}");
            if (passes)
                return point - 1;
            before = after;
        }

        throw new InvalidOperationException($"{what} has more than {MostCommands} points of failure.");
    }

    /// <summary>
    /// The same for the jobs: each fault is written down by the sweep, which tries again an hour later. That note is a change, so only the
    /// invariants are asked.
    /// </summary>
    public async Task<int> AtEveryPointOfTheJobsAsync(TestKernel kernel, string what)
    {
        var struck = 0;
        for (var point = 1; point < MostCommands; point++)
        {
            if (await PassesAsync(point, () => RingAsync(kernel)))
                return struck;
            struck++;
            await kernel.WholeAsync($"{what}, a fault at point {point}: {injector.Struck}");
            kernel.Time.Advance(TimeSpan.FromHours(1));
        }

        throw new InvalidOperationException($"{what} has more than {MostCommands} points of failure.");
    }

    private static Task RingAsync(TestKernel kernel) => kernel.InScopeAsync(async scope =>
    {
        while (await scope.GetRequiredService<TimerSweep>().RunDueAsync(TestContext.Current.CancellationToken)
            + await scope.GetRequiredService<OutboxWorker>().RunDueAsync(TestContext.Current.CancellationToken) > 0)
        {
        }

        return true;
    });

    /// <summary>Whether the act had no such point.</summary>
    private async Task<bool> PassesAsync(int point, Func<Task> act)
    {
        injector.Arm(point);
        try
        {
            await act();
        }
        catch (Exception fault) when (IsInjected(fault))
        {
        }

        // What is left of the count must not strike whoever looks at the rows next.
        var passes = !injector.HasStruck;
        injector.Disarm();
        return passes;
    }

    private static bool IsInjected(Exception? fault) => fault is InjectedFault || (fault is not null && IsInjected(fault.InnerException));
}
