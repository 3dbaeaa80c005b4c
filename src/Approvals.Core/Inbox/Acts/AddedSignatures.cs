using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>What an agreement does among signers who were asked in (加签), before it counts for the step.</summary>
public sealed class AddedSignatures(ApprovalsDbContext db, OpenStep steps)
{
    /// <summary>
    /// Goes on within the chain of who asked whom, under the instance's lock: opens the next who is to sign after, waits for whoever signs
    /// beside, or gives the task back to whoever asked for signatures before or for work (委派).
    /// </summary>
    /// <returns>False when nobody of the chain is left: the agreement now counts for the step.</returns>
    internal async Task<bool> GoOnAsync(InboxTask agreed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var added = await AddedAsync(agreed.StepRunId, cancellationToken);
        for (var settled = agreed; ; )
        {
            var next = added.Where(one => one.ForTaskId == settled.Id && one is { Place: AddedPlace.After, State: TaskState.Queued }).MinBy(one => one.Id);
            if (next is not null)
            {
                Open(await db.Tasks.FirstAsync(one => one.Id == next.Id, cancellationToken), now);
                return true;
            }

            if (IsAwaited(added, settled.Id, agreed.Id, AddedPlace.Beside, AddedPlace.After))
                return true;
            if (settled.AddedForTaskId is not { } askedBy)
                return false;
            var asker = await db.Tasks.FirstAsync(one => one.Id == askedBy, cancellationToken);

            // Two who sign side by side: the first of them waits for the other.
            if (settled.AddedPlace == AddedPlace.Beside && asker.State is TaskState.Open or TaskState.Queued)
                return true;

            // A task that was given back too early, and signed, before those below it counted: what is settled now counts as its answer.
            if (settled.AddedPlace is AddedPlace.Before or AddedPlace.Delegated && asker.State != TaskState.Done)
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
        if (!IsAwaited(await AddedAsync(asker.StepRunId, cancellationToken), asker.Id, settledId, AddedPlace.Before, AddedPlace.Delegated))
            Open(asker, now);
    }

    private Task<List<Asked>> AddedAsync(Guid stepRunId, CancellationToken cancellationToken) => db.Tasks.AsNoTracking()
        .Where(one => one.StepRunId == stepRunId && one.AddedForTaskId != null)
        .Select(one => new Asked(one.Id, one.AddedForTaskId!.Value, one.AddedPlace, one.State)).ToListAsync(cancellationToken);

    /// <summary>Whether anybody below the tasks asked in by a task's holder is still to sign.</summary>
    /// <param name="added">Every task of the step that was asked for.</param>
    /// <param name="askerId">The task that waits.</param>
    /// <param name="settledId">The one that is settled now, whatever its row says.</param>
    /// <param name="places">Of those asked for at these places.</param>
    internal static bool IsAwaited(IReadOnlyList<Asked> added, Guid askerId, Guid settledId, params AddedPlace[] places)
    {
        var below = added.ToLookup(one => one.ForTaskId);
        var next = new Stack<Asked>(below[askerId].Where(one => one.Place is { } place && places.Contains(place)));
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
    /// <param name="Place">Before, after or beside that holder, or in their place.</param>
    /// <param name="State">Where it stands.</param>
    internal sealed record Asked(Guid Id, Guid ForTaskId, AddedPlace? Place, TaskState State);

    private void Open(InboxTask task, DateTimeOffset now)
    {
        task.State = TaskState.Open;
        task.ArrivedAt = now;
        task.OpenedAt = null;
        steps.Tell(task);
    }
}
