using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notifications;

/// <summary>An administrator has something tried again at once that failed and waits, or was given up. Scoped.</summary>
public sealed class RingAgain(UnitOfWork unitOfWork, AuditTrail audit, Bell bell, TimeProvider time)
{
    /// <summary>Gives an outbox message a new start.</summary>
    /// <returns>False when it is done, or a worker holds it right now.</returns>
    public async Task<bool> MessageAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await RunAsync("outbox.rung-again", "outbox-message", id, db => db.Outbox
            .Where(row => row.Id == id && row.DoneAt == null && (row.LockedUntil == null || row.LockedUntil < now))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.FailedAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.Attempts, 0)
                    .SetProperty(row => row.DueAt, now),
                cancellationToken), cancellationToken);
        if (found)
        {
            bell.Ring(new Rings([id], [], null, null));
        }

        return found;
    }

    /// <summary>Ends a failing timer's wait for its next try.</summary>
    /// <returns>False when it fired meanwhile, was cancelled, or never failed.</returns>
    public async Task<bool> TimerAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await RunAsync("timer.rung-again", "timer", id, db => db.Timers
            .Where(row => row.Id == id && row.FiredAt == null && row.CancelledAt == null && row.RetryAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RetryAt, (DateTimeOffset?)null), cancellationToken), cancellationToken);
        if (found)
        {
            bell.Ring(new Rings([], [(id, time.GetUtcNow())], null, null));
        }

        return found;
    }

    private Task<bool> RunAsync(
        string action, string kind, Guid id, Func<ApprovalsDbContext, Task<int>> update, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                if (await update(scope.Db) == 0)
                {
                    scope.Abort();
                    return false;
                }

                audit.Record(action, kind, id.ToString(), new { });
                return true;
            },
            cancellationToken);
}
