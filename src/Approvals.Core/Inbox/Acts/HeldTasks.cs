using Approvals.Core.Data;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>Takes a task under its instance's lock, as a decision does, for an act that changes who signs. Scoped.</summary>
public sealed class HeldTasks(ApprovalsDbContext db, WorkflowHost host, TaskViews views)
{
    /// <summary>
    /// The task, tracked together with its step and case; or why the signed-in person may not act on it. Within a unit of work.
    /// </summary>
    internal async Task<(TaskView? View, ActOutcome? Refusal)> TakeAsync(Guid taskId, CancellationToken cancellationToken)
    {
        if (!await LockAsync(taskId, cancellationToken))
            return (null, new ActOutcome.NotFound());
        var view = await views.LoadAsync(taskId, cancellationToken);
        if (Refuse(view) is { } refusal)
            return (null, refusal);
        db.AttachRange(view!.Task, view.Step, view.Case);
        return (view, null);
    }

    /// <summary>Takes the lock of a task's instance, within a unit of work, for an act on a task that need not be open.</summary>
    /// <returns>False when there is no such task.</returns>
    internal async Task<bool> LockAsync(Guid taskId, CancellationToken cancellationToken)
    {
        // What this scope has read so far may be older than the lock; nothing of it counts.
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        var instanceId = await (
                from task in db.Tasks
                join step in db.StepRuns on task.StepRunId equals step.Id
                where task.Id == taskId
                select (Guid?)step.InstanceId).FirstOrDefaultAsync(cancellationToken);
        if (instanceId is null)
            return false;

        // Race closed: the act against a decision on the same task or on the one that follows, another act, a withdrawal or a deadline. All
        // take the instance's lock; the second reads what the first has written.
        await host.LockAsync(instanceId.Value, cancellationToken);
        return true;
    }

    /// <summary>Whoever may decide may act, and nobody else.</summary>
    private static ActOutcome? Refuse(TaskView? view) => DecideTask.Refuse(view) switch
    {
        null => null,
        DecideOutcome.NotFound => new ActOutcome.NotFound(),
        DecideOutcome.AlreadyDecided done => new ActOutcome.AlreadyDecided(done.By, done.At, done.As),
        _ => new ActOutcome.NotYours(),
    };
}
