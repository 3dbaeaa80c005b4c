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
            if (settled.AddedPlace == AddedPlace.Before)
            {
                await GiveBackAsync(asker, settled.Id, now, cancellationToken);
                return true;
            }

            settled = asker;
        }
    }

    /// <summary>Opens a task again that waited for others, unless one of them still has to sign.</summary>
    /// <param name="asker">Whoever asked.</param>
    /// <param name="settledId">The one that is settled now; its row may not say so yet.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task GiveBackAsync(InboxTask asker, Guid settledId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var others = await db.Tasks.AnyAsync(
            one => one.AddedForTaskId == asker.Id && one.Id != settledId && one.AddedPlace == AddedPlace.Before
                && (one.State == TaskState.Open || one.State == TaskState.Queued), cancellationToken);
        if (!others && asker.State == TaskState.Queued)
            Open(asker, now);
    }

    private void Open(InboxTask task, DateTimeOffset now)
    {
        task.State = TaskState.Open;
        task.ArrivedAt = now;
        task.OpenedAt = null;
        steps.Tell(task);
    }
}
