using Approvals.Core.Cases;
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
        tracked?.DetectChanges();
        if (tracked is not null && tracked.State != EntityState.Unchanged)
            await db.SaveChangesAsync(cancellationToken);

        // The case of an instance never changes, so it may be looked up before the lock.
        if (await LockAsync(instanceId, cancellationToken) is null)
            return null;
        if (tracked is null)
            return await rows.ReadAsync(db, instanceId, cancellationToken);
        await tracked.ReloadAsync(cancellationToken);
        return tracked.Entity;
    }

    /// <summary>The same for an instance that was read before, which is read again only when it has changed since.</summary>
    /// <param name="seen">As it was read; detached.</param>
    /// <param name="cancellationToken">Stops before the lock is taken.</param>
    public async Task<WorkflowInstanceRow?> TakeAndReadAsync(WorkflowInstanceRow seen, CancellationToken cancellationToken)
    {
        if (IsHeld(seen.Id) || db.Instances.Local.FindEntry(seen.Id) is not null)
            return await TakeAndReadAsync(seen.Id, cancellationToken);
        if (await LockAsync(seen.Id, cancellationToken) is not { } locked)
            return null;
        return Stands(seen, locked) ? Track(seen, locked) : await rows.ReadAsync(db, seen.Id, cancellationToken);
    }

    /// <summary>
    /// Takes the lock of an instance that was read together with its case before. Whatever changes an instance holds this lock and so
    /// raises its version; whatever changes what a case shows changes the case's row.
    /// </summary>
    /// <param name="seen">The instance as it was read; detached.</param>
    /// <param name="seenCase">Its case, read at the same time; detached.</param>
    /// <param name="cancellationToken">Stops before the lock is taken.</param>
    /// <returns>
    /// True when nothing has changed since, and both are tracked from here on. False when somebody was faster: the lock is held all the
    /// same, and what was read counts for nothing.
    /// </returns>
    public async Task<bool> TakeUnchangedAsync(WorkflowInstanceRow seen, Case seenCase, CancellationToken cancellationToken)
    {
        var locked = await LockAsync(seen.Id, cancellationToken);
        if (locked is null || !Stands(seen, locked) || locked.CaseVersion != seenCase.RowVersion || locked.CaseUpdatedAt != seenCase.UpdatedAt)
            return false;
        Track(seen, locked);
        db.Attach(seenCase);
        return true;
    }

    private async Task<LockedRows?> LockAsync(Guid instanceId, CancellationToken cancellationToken)
    {
        var locked = await rows.LockAsync(db, instanceId, cancellationToken);
        ForgetEarlierTransaction();
        held.Add(instanceId);
        return locked;
    }

    private static bool Stands(WorkflowInstanceRow seen, LockedRows locked) => locked.Version == seen.RowVersion + 1;

    private WorkflowInstanceRow Track(WorkflowInstanceRow seen, LockedRows locked)
    {
        seen.RowVersion = locked.Version;
        db.Attach(seen);
        return seen;
    }

    private bool IsHeld(Guid instanceId)
    {
        ForgetEarlierTransaction();
        return held.Contains(instanceId);
    }

    private void ForgetEarlierTransaction()
    {
        var running = db.Database.CurrentTransaction?.TransactionId;
        if (running == transaction)
            return;
        held.Clear();
        transaction = running;
    }
}
