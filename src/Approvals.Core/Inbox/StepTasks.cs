using Approvals.Core.Data;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>Guarded changes of a step's tasks.</summary>
internal static class StepTasks
{
    /// <summary>Closes what is still open of a step (撤销) with the reason; tasks already done keep their decision.</summary>
    public static async Task CloseAsync(
        ApprovalsDbContext db, Announcer announcer, Guid stepRunId, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await announcer.ClosingAsync(stepRunId, cancellationToken);
        await db.Tasks
            .Where(task => task.StepRunId == stepRunId && (task.State == TaskState.Open || task.State == TaskState.Queued))
            .ExecuteUpdateAsync(
                set => set.SetProperty(task => task.State, TaskState.Closed)
                    .SetProperty(task => task.ClosedAt, now)
                    .SetProperty(task => task.ClosedReason, reason),
                cancellationToken);
    }

    /// <summary>
    /// Claims a task for a decision, under the instance's lock and after it was read open. Race closed once more, should the lock ever
    /// fail: the state is a concurrency token, so the update finds the task open only once, or nothing is stored.
    /// </summary>
    public static void Claim(InboxTask task, Guid deciderId, string decidedAs, DateTimeOffset now)
    {
        task.State = TaskState.Done;
        task.ClosedAt = now;
        task.DecidedById = deciderId;
        task.DecidedAs = decidedAs;
    }
}
