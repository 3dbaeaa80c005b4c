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

    /// <summary>Transactions in which a backlog is fired at the same time; few, for people are at work meanwhile.</summary>
    private const int AtOnce = 4;

    /// <summary>Timers of a backlog in one transaction; people who decide wait for it, so it must stay short.</summary>
    private const int Together = 25;

    private HashSet<string>? sharing;

    /// <summary>
    /// Fires every due timer, the longest overdue first. A backlog, as an outage leaves it, is fired several timers of different
    /// instances at a time; those of one instance still one after the other.
    /// </summary>
    /// <param name="cancellationToken">Stops between two timers.</param>
    /// <param name="until">From this instant on no timer is begun; the rest is left to the next sweep. Null for no such limit.</param>
    /// <returns>How many this call fired.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken, DateTimeOffset? until = null)
    {
        var fired = 0;
        List<Due> batch;
        do
        {
            batch = await DueAsync(cancellationToken);
            fired += batch.Count < BatchSize
                ? await OneByOneAsync(batch, until, cancellationToken)
                : await BacklogAsync(batch, until, cancellationToken);
        }
        while (batch.Count == BatchSize && !IsOver(until));

        return fired;
    }

    private bool IsOver(DateTimeOffset? until) => until <= time.GetUtcNow();

    private async Task<int> BacklogAsync(List<Due> batch, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var fired = 0;
        sharing ??= await SharingKindsAsync();

        // Of each instance the first; its others follow when this round is over.
        var firsts = batch.GroupBy(timer => timer.InstanceId ?? timer.Id).Select(timers => timers.First()).ToList();
        var shared = firsts.Where(timer => timer.InstanceId is not null && sharing.Contains(timer.Kind))
            .OrderBy(timer => timer.CaseId ?? timer.InstanceId).ThenBy(timer => timer.InstanceId)
            .Chunk(Together);
        await Parallel.ForEachAsync(
            shared.Concat(firsts.Where(timer => timer.InstanceId is null || !sharing.Contains(timer.Kind)).Select(timer => new[] { timer })),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (timers, stop) => Interlocked.Add(
                ref fired,
                timers.Length > 1 && !IsOver(until) && await TogetherAsync(timers, stop)
                    ? timers.Length
                    : await OneByOneAsync(timers, until, stop)));
        return fired + await OneByOneAsync(batch.Except(firsts), until, cancellationToken);
    }

    private async Task<int> OneByOneAsync(IEnumerable<Due> timers, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var fired = 0;
        foreach (var timer in timers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsOver(until))
                break;
            fired += await FireAsync(timer.Id, cancellationToken) ? 1 : 0;
        }

        return fired;
    }

    /// <summary>Fires them in one transaction, unless one of them cannot: then none has fired, and each is to be fired by itself.</summary>
    private async Task<bool> TogetherAsync(IReadOnlyList<Due> timers, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<TimerFiring>()
                .FireTogetherAsync([.. timers.Select(timer => (timer.Id, timer.InstanceId!.Value))], cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.LogWarning(exception, "{Count} timers could not be fired together and are fired one by one", timers.Count);
            return false;
        }
    }

    private async Task<HashSet<string>> SharingKindsAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        return [.. scope.ServiceProvider.GetServices<ITimerHandler>().Where(handler => handler.SharesTransaction).Select(handler => handler.Kind)];
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
        var db = scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>();
        return await db.Timers
            .Where(row => row.FiredAt == null && row.CancelledAt == null && row.DueAt <= now)
            .Where(row => row.RetryAt == null || row.RetryAt <= now)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id)
            .Select(row => new Due(
                row.Id, row.Kind, row.InstanceId,
                db.Instances.Where(instance => instance.Id == row.InstanceId).Select(instance => instance.CaseId).FirstOrDefault()))
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

    private sealed record Due(Guid Id, string Kind, Guid? InstanceId, Guid? CaseId);
}
