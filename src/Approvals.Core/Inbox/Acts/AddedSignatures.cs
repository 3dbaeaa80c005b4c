using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>What an agreement does among signers who were asked in (加签), before it counts for the step.</summary>
public sealed class AddedSignatures(ApprovalsDbContext db, OpenStep steps)
{
    /// <summary>
    /// Goes on within the chain of who asked whom, under the instance's lock: opens the next who is to sign after, or gives the task
    /// back to whoever asked for signatures before.
    /// </summary>
    /// <returns>False when nobody of the chain is left: the agreement now counts for the step.</returns>
    internal async Task<bool> GoOnAsync(InboxTask agreed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var settled = agreed; ; )
        {
            var next = await db.Tasks
                .Where(one => one.AddedForTaskId == settled.Id && one.AddedPlace == AddedPlace.After && one.State == TaskState.Queued)
                .OrderBy(one => one.Id).FirstOrDefaultAsync(cancellationToken);
            if (next is not null)
            {
                Open(next, now);
                return true;
            }

            if (settled.AddedForTaskId is not { } askedBy)
                return false;
            var asker = await db.Tasks.FirstAsync(one => one.Id == askedBy, cancellationToken);

            // A task that was given back too early, and signed, before those below it counted: what is settled now counts as its answer.
            if (settled.AddedPlace == AddedPlace.Before && asker.State != TaskState.Done)
            {
                await GiveBackAsync(asker, settled.Id, now, cancellationToken);
                return true;
            }

            settled = asker;
        }
    }

    /// <summary>
    /// Opens a task again that waited for others, unless one of them still has to sign: of those asked in before it, or of those whom
    /// they asked in turn, before or after themselves.
    /// </summary>
    /// <param name="asker">Whoever asked.</param>
    /// <param name="settledId">The one that is settled now; its row may not say so yet.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task GiveBackAsync(InboxTask asker, Guid settledId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (asker.State != TaskState.Queued)
            return;
        var added = await db.Tasks.AsNoTracking()
            .Where(one => one.StepRunId == asker.StepRunId && one.AddedForTaskId != null)
            .Select(one => new Asked(one.Id, one.AddedForTaskId!.Value, one.AddedPlace, one.State)).ToListAsync(cancellationToken);
        if (!IsAwaited(added, asker.Id, settledId))
            Open(asker, now);
    }

    /// <summary>Whether anybody below the tasks asked in before a task is still to sign.</summary>
    /// <param name="added">Every task of the step that was asked for.</param>
    /// <param name="askerId">The task that waits.</param>
    /// <param name="settledId">The one that is settled now, whatever its row says.</param>
    internal static bool IsAwaited(IReadOnlyList<Asked> added, Guid askerId, Guid settledId)
    {
        var below = added.ToLookup(one => one.ForTaskId);
        var next = new Stack<Asked>(below[askerId].Where(one => one.Place == AddedPlace.Before));
        while (next.TryPop(out var one))
        {
            if (one.Id != settledId && one.State is (TaskState.Open or TaskState.Queued))
                return true;
            foreach (var asked in below[one.Id])
                next.Push(asked);
        }

        return false;
    }

    /// <summary>A task that a signer asked for.</summary>
    /// <param name="Id">The task.</param>
    /// <param name="ForTaskId">Whose holder asked.</param>
    /// <param name="Place">Before or after that holder.</param>
    /// <param name="State">Where it stands.</param>
    internal readonly record struct Asked(Guid Id, Guid ForTaskId, AddedPlace? Place, TaskState State);

    private void Open(InboxTask task, DateTimeOffset now)
    {
        task.State = TaskState.Open;
        task.ArrivedAt = now;
        task.OpenedAt = null;
        steps.Tell(task);
    }
}
