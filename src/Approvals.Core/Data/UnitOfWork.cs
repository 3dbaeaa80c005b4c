using Approvals.Core.Audit;
using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Data;

/// <summary>
/// Runs a use case in one transaction: its changes, its timers and outbox rows and its audit entries commit together or not at all.
/// Scoped; not for use by two threads at once.
/// </summary>
public sealed class UnitOfWork(
    ApprovalsDbContext db, AuditTrail audit, Outbox outbox, TimerService timers, LateRows late, WriterGate gate, ICommitFlush flush,
    Bell bell, CheckpointWriter checkpoints, IEnumerable<IBeforeCommit> listeners)
{
    private UnitOfWorkScope? current;

    /// <summary>
    /// Runs <paramref name="work"/>, saves, appends the audit entries last (so that the chain's head is locked only briefly), commits,
    /// waits until that is on the disk, and then rings the bell for what has become due. A call inside a running one joins its transaction.
    /// </summary>
    /// <returns>What <paramref name="work"/> returned, whether it committed or aborted.</returns>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed the same row; nothing was stored.</exception>
    public async Task<T> RunAsync<T>(Func<UnitOfWorkScope, Task<T>> work, CancellationToken cancellationToken)
    {
        if (current is not null)
        {
            return await work(current);
        }

        var (result, rings) = await TakeTurnAsync(work, cancellationToken);
        if (rings is not null)
        {
            // The turn has been passed on: others commit while this waits for the disk, and one flush is enough for all of them.
            await flush.FlushAsync();
            bell.Ring(rings);
            await checkpoints.AfterCommitAsync(rings.AuditSequence, rings.AuditHash, cancellationToken);
        }

        return result;
    }

    /// <summary>The same for work without a result.</summary>
    public Task RunAsync(Func<UnitOfWorkScope, Task> work, CancellationToken cancellationToken) =>
        RunAsync(
            async scope =>
            {
                await work(scope);
                return true;
            },
            cancellationToken);

    private async Task<(T Result, Rings? Rings)> TakeTurnAsync<T>(
        Func<UnitOfWorkScope, Task<T>> work, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        using var connection = flush.Lend(db);
        return await RunTransactionAsync(work, cancellationToken);
    }

    private async Task<(T Result, Rings? Rings)> RunTransactionAsync<T>(
        Func<UnitOfWorkScope, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // A save that fails gives up the whole transaction, so no savepoint need be set before each.
        db.Database.AutoSavepointsEnabled = false;

        // Changes are looked for by each save, and not every time that somebody asks for a tracked row.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var scope = current = new UnitOfWorkScope(db);
        var committed = false;
        try
        {
            var result = await work(scope);
            if (scope.IsAborted)
            {
                return (result, null);
            }

            foreach (var listener in listeners)
                await listener.BeforeCommitAsync(cancellationToken);
            var messages = await outbox.FlushAsync(cancellationToken);
            var due = await timers.FlushAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            var head = await audit.AppendAsync(cancellationToken);
            await late.FlushAsync(head?.Hash, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            committed = true;
            return (result, new Rings(messages, due, head?.Sequence, head?.Hash));
        }
        finally
        {
            current = null;
            db.ChangeTracker.AutoDetectChangesEnabled = true;
            if (!committed)
            {
                // Disposing the transaction rolls it back; what the context and the buffers still hold must not leak into the
                // next use case of this scope.
                db.ChangeTracker.Clear();
                audit.Clear();
                outbox.Clear();
                timers.Clear();
                late.Clear();
            }
        }
    }
}
