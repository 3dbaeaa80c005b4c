using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes;

/// <summary>
/// The lock of a workflow instance, held until the transaction ends. Whatever changes an instance takes it before anything else of
/// the instance: the case's row first, because the instances of one case act on each other, then the instance's row. One order for
/// all means that two transactions never wait for each other the wrong way round. Scoped.
/// </summary>
public sealed class InstanceLock(ApprovalsDbContext db, InstanceRows rows)
{
    private readonly HashSet<Guid> held = [];
    private Guid? transaction;

    /// <summary>Takes the lock; does nothing when there is no such instance. A second call in one transaction costs nothing.</summary>
    public Task TakeAsync(Guid instanceId, CancellationToken cancellationToken) => TakeAndReadAsync(instanceId, cancellationToken);

    /// <summary>Takes the lock and gives the instance as it stands under it.</summary>
    /// <returns>Tracked; null when there is none.</returns>
    public async Task<WorkflowInstanceRow?> TakeAndReadAsync(Guid instanceId, CancellationToken cancellationToken)
    {
        var tracked = db.Instances.Local.FindEntry(instanceId);
        if (IsHeld(instanceId))
            return tracked?.Entity ?? await rows.ReadAsync(db, instanceId, cancellationToken);

        // Pending changes of this unit of work must reach the row before it is read again.
        if (tracked is not null && tracked.State != EntityState.Unchanged)
            await db.SaveChangesAsync(cancellationToken);

        // The case of an instance never changes, so it may be looked up before the lock.
        var row = await rows.LockAndReadAsync(db, instanceId, cancellationToken);
        if (tracked is not null)
            await tracked.ReloadAsync(cancellationToken);
        held.Add(instanceId);
        return row;
    }

    private bool IsHeld(Guid instanceId)
    {
        var running = db.Database.CurrentTransaction?.TransactionId;
        if (running != transaction)
        {
            held.Clear();
            transaction = running;
        }

        return held.Contains(instanceId);
    }
}
