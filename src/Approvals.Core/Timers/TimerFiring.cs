using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Timers;

/// <summary>Fires one timer, or several together (scoped: one scope per call).</summary>
public sealed class TimerFiring(
    UnitOfWork unitOfWork, TimerRows rows, InstanceLock locks, IEnumerable<ITimerHandler> handlers, Measures measures, TimeProvider time)
{
    /// <summary>
    /// Fires the timer if it is due and nobody has fired or cancelled it. The claim and the handler's work commit together, so a timer
    /// fires once however often it is rung, and a fault leaves it waiting.
    /// </summary>
    /// <returns>Whether this call fired it.</returns>
    /// <exception cref="InvalidOperationException">No handler is registered for its kind, or its work gave the transaction up.</exception>
    public async Task<bool> FireAsync(Guid id, CancellationToken cancellationToken)
    {
        using var span = Tracing.Begin("timer");
        try
        {
            if (await FireUnseenAsync(id, cancellationToken) is not { } timer)
            {
                return false;
            }

            span?.SetTag("approvals.timer", id).SetTag("approvals.kind", timer.Kind);
            measures.Fired(timer.Kind, timer.FiredAt!.Value - timer.DueAt);
            return true;
        }
        catch (Exception fault)
        {
            span.Failed(fault);
            throw;
        }
    }

    private Task<TimerRow?> FireUnseenAsync(Guid id, CancellationToken cancellationToken) => unitOfWork.RunAsync<TimerRow?>(
        async scope =>
        {
            // Race closed: a timer against a decision on the same instance. Decisions take the instance's lock and then cancel its
            // timers; a timer that took its own row first would wait for them the wrong way round.
            var timer = await rows.FindAsync(scope.Db, id, cancellationToken);
            if (timer?.InstanceId is { } instance)
            {
                await locks.TakeAsync(instance, cancellationToken);
            }

            // A bell may ring a second early, twice, or from two servers: only the update that finds the row waiting and due fires.
            var now = time.GetUtcNow();
            if (timer is null || await ClaimAsync(scope.Db.Timers.Where(row => row.Id == id), now, cancellationToken) == 0)
            {
                scope.Abort();
                return null;
            }

            await HandleAsync(timer, now, cancellationToken);

            // It would be due again at once, for ever: as a fault it is tried again ever more seldom, and is seen.
            return scope.IsAborted ? throw new InvalidOperationException($"The work of a timer of kind '{timer.Kind}' was given up.") : timer;
        },
        cancellationToken);

    /// <summary>
    /// Fires timers of different instances in one transaction, which costs a fraction of firing them one by one. Either all fire or none:
    /// when one of them no longer waits or its work is given up, nothing is stored and the caller fires each by itself.
    /// </summary>
    /// <param name="timers">Ids of timers and of their instances, in the order in which every server locks them.</param>
    /// <param name="cancellationToken">Gives the transaction up.</param>
    /// <returns>Whether they were fired.</returns>
    public async Task<bool> FireTogetherAsync(IReadOnlyList<(Guid Id, Guid InstanceId)> timers, CancellationToken cancellationToken)
    {
        using var span = Tracing.Begin("timers");
        var fired = await unitOfWork.RunAsync<List<TimerRow>?>(
            async scope =>
            {
                // Race closed: as for one timer. All locks are taken before any work, in one order, so that two servers with the same
                // instances never wait for each other.
                foreach (var (_, instance) in timers)
                    await locks.TakeAsync(instance, cancellationToken);
                List<Guid> ids = [.. timers.Select(one => one.Id)];
                var now = time.GetUtcNow();
                if (await ClaimAsync(scope.Db.Timers.Where(row => ids.Contains(row.Id)), now, cancellationToken) < ids.Count)
                {
                    scope.Abort();
                    return null;
                }

                var rows = await TimerRows.FindAllAsync(scope.Db, ids, cancellationToken);
                foreach (var timer in rows)
                    await HandleAsync(timer, now, cancellationToken);
                return scope.IsAborted ? null : rows;
            },
            cancellationToken);
        fired?.ForEach(timer => measures.Fired(timer.Kind, timer.FiredAt!.Value - timer.DueAt));
        span?.SetTag("approvals.timers", fired?.Count ?? 0);
        return fired is not null;
    }

    private static Task<int> ClaimAsync(IQueryable<TimerRow> timers, DateTimeOffset now, CancellationToken cancellationToken) =>
        timers.Where(row => row.FiredAt == null && row.CancelledAt == null && row.DueAt <= now)
            .Where(row => row.RetryAt == null || row.RetryAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FiredAt, now), cancellationToken);

    private Task HandleAsync(TimerRow timer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What was read before the claim is what was claimed: only its state ever changes.
        timer.FiredAt = now;
        var handler = handlers.FirstOrDefault(candidate => candidate.Kind == timer.Kind)
            ?? throw new InvalidOperationException($"No handler for timers of kind '{timer.Kind}'.");
        return handler.FireAsync(timer, cancellationToken);
    }
}
