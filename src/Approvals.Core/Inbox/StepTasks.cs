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
    /// Claims a task for a decision. Race closed: two people, or one person twice, decide the same task — the update finds it
    /// open only once.
    /// </summary>
    /// <returns>True for the one winner.</returns>
    public static async Task<bool> ClaimAsync(
        ApprovalsDbContext db, Guid taskId, Guid deciderId, string decidedAs, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Tasks
            .Where(task => task.Id == taskId && task.State == TaskState.Open)
            .ExecuteUpdateAsync(
                set => set.SetProperty(task => task.State, TaskState.Done)
                    .SetProperty(task => task.ClosedAt, now)
                    .SetProperty(task => task.DecidedById, deciderId)
                    .SetProperty(task => task.DecidedAs, decidedAs),
                cancellationToken) == 1;
}
