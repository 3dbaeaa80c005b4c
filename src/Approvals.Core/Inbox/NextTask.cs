using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>The task that opens after one was decided: the first of the inbox.</summary>
public sealed class NextTask(InboxQuery inbox, ApprovalsDbContext db)
{
    /// <summary>Id of the task; null when nothing is left to do.</summary>
    public async Task<Guid?> OfAsync(Guid personId, CancellationToken cancellationToken)
    {
        var page = await inbox.ToDoAsync(personId, new InboxFilter(), null, cancellationToken);
        return page.Rows.Count == 0 ? null : page.Rows[0].Id;
    }

    /// <summary>How many colleagues have still to answer the step, this task left out.</summary>
    public Task<int> OthersWaitingAsync(InboxTask task, CancellationToken cancellationToken) =>
        db.Tasks.CountAsync(
            one => one.StepRunId == task.StepRunId && one.Id != task.Id && (one.State == TaskState.Open || one.State == TaskState.Queued),
            cancellationToken);

    /// <summary>Names of those whom the holder of a task, or whoever asked the holder, has asked to sign after (加签), in their order.</summary>
    public async Task<IReadOnlyList<string>> AskedAfterAsync(InboxTask task, CancellationToken cancellationToken) => await (
        from one in db.Tasks.AsNoTracking()
        join person in db.People on one.AssigneeId equals person.Id
        where one.AddedPlace == AddedPlace.After && one.State == TaskState.Queued
            && (one.AddedForTaskId == task.Id || (task.AddedPlace == AddedPlace.After && one.AddedForTaskId == task.AddedForTaskId))
        orderby one.Id
        select person.Name).ToListAsync(cancellationToken);
}
