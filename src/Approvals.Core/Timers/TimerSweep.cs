using Approvals.Core.Data;
using Approvals.Core.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Approvals.Core.Timers;

/// <summary>Fires what is due: when rung, every minute, and at start-up after an outage. Singleton.</summary>
public sealed class TimerSweep(IServiceScopeFactory scopes, Measures measures, TimeProvider time, ILogger<TimerSweep> log)
{
    private const int BatchSize = 200;

    /// <summary>Timers of a backlog that are fired at the same time; few, for people are at work meanwhile.</summary>
    private const int AtOnce = 4;

    /// <summary>
    /// Fires every due timer, the longest overdue first. A backlog, as an outage leaves it, is fired several at a time: those of one
    /// instance still one after the other.
    /// </summary>
    /// <param name="cancellationToken">Stops between two timers.</param>
    /// <param name="until">After this instant the rest is left to the next sweep; null for no such limit.</param>
    /// <returns>How many this call fired.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken, DateTimeOffset? until = null)
    {
        var fired = 0;
        List<Due> batch;
        do
        {
            batch = await DueAsync(cancellationToken);
            await Parallel.ForEachAsync(
                batch.GroupBy(timer => timer.InstanceId),
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = batch.Count < BatchSize ? 1 : AtOnce, CancellationToken = cancellationToken,
                },
                async (timers, stop) =>
                {
                    foreach (var timer in timers)
                    {
                        if (await FireAsync(timer.Id, stop))
                            Interlocked.Increment(ref fired);
                    }
                });
        }
        while (batch.Count == BatchSize && !(until <= time.GetUtcNow()));

        return fired;
    }

    /// <summary>Fires one timer when it is due; a fault is recorded on the row and tried again later, ever more seldom.</summary>
    /// <returns>Whether this call fired it.</returns>
    public async Task<bool> FireAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<TimerFiring>().FireAsync(id, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.LogError(exception, "Timer {TimerId} failed and stays waiting", id);
            await RecordFaultAsync(id, exception, cancellationToken);
            return false;
        }
    }

    private async Task<List<Due>> DueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>().Timers
            .Where(row => row.FiredAt == null && row.CancelledAt == null && row.DueAt <= now)
            .Where(row => row.RetryAt == null || row.RetryAt <= now)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id)
            .Select(row => new Due(row.Id, row.InstanceId))
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
    }

    /// <summary>In a transaction of its own, for the handler's has been rolled back.</summary>
    private async Task RecordFaultAsync(Guid id, Exception exception, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var error = ErrorText.Of(exception);
        await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(
            async work =>
            {
                var waiting = work.Db.Timers.Where(row => row.Id == id && row.FiredAt == null && row.CancelledAt == null);
                var failed = await waiting.Select(row => new { row.Attempts, row.Kind }).SingleOrDefaultAsync(cancellationToken);
                if (failed is null)
                {
                    return;
                }

                measures.TimerFailed(failed.Kind);
                var before = failed.Attempts;

                var retryAt = time.GetUtcNow() + BackOff.After(before + 1);

                // Guarded by the count read above: of two faults at once one is counted.
                await waiting.Where(row => row.Attempts == before).ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Attempts, before + 1)
                        .SetProperty(row => row.RetryAt, retryAt)
                        .SetProperty(row => row.LastError, error),
                    cancellationToken);
            },
            cancellationToken);
    }

    private sealed record Due(Guid Id, Guid? InstanceId);
}
