using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Timers;

/// <summary>Fires one timer (scoped: one scope per timer).</summary>
public sealed class TimerFiring(
    UnitOfWork unitOfWork, TimerRows rows, InstanceLock locks, IEnumerable<ITimerHandler> handlers, Measures measures, TimeProvider time)
{
    /// <summary>
    /// Fires the timer if it is due and nobody has fired or cancelled it. The claim and the handler's work commit together, so a timer
    /// fires once however often it is rung, and a fault leaves it waiting.
    /// </summary>
    /// <returns>Whether this call fired it.</returns>
    /// <exception cref="InvalidOperationException">No handler is registered for its kind.</exception>
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
            var claimed = await scope.Db.Timers
                .Where(row => row.Id == id && row.FiredAt == null && row.CancelledAt == null && row.DueAt <= now)
                .Where(row => row.RetryAt == null || row.RetryAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.FiredAt, now), cancellationToken);
            if (timer is null || claimed == 0)
            {
                scope.Abort();
                return null;
            }

            // What was read before the claim is what was claimed: only its state ever changes.
            timer.FiredAt = now;
            var handler = handlers.FirstOrDefault(candidate => candidate.Kind == timer.Kind)
                ?? throw new InvalidOperationException($"No handler for timers of kind '{timer.Kind}'.");
            await handler.FireAsync(timer, cancellationToken);
            return timer;
        },
        cancellationToken);
}
