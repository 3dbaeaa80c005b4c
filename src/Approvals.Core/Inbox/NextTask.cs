using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>The task that opens after one was decided: the first of the inbox.</summary>
public sealed class NextTask(InboxQuery inbox, ApprovalsDbContext db)
{
    /// <summary>The task; null when nothing is left to do.</summary>
    public async Task<InboxRow?> OfAsync(Guid personId, CancellationToken cancellationToken)
    {
        var page = await inbox.ToDoAsync(personId, new InboxFilter(), null, cancellationToken);
        return page.Rows.Count == 0 ? null : page.Rows[0];
    }

    /// <summary>Names of those who have open tasks at an activity of a case now.</summary>
    public async Task<IReadOnlyList<string>> HoldersAsync(Guid caseId, string activityId, CancellationToken cancellationToken) => await (
        from task in db.Tasks.AsNoTracking()
        join step in db.StepRuns on task.StepRunId equals step.Id
        join person in db.People on task.AssigneeId equals person.Id
        where task.CaseId == caseId && step.ActivityId == activityId && task.State == TaskState.Open
        orderby task.Id
        select person.Name).ToListAsync(cancellationToken);

    /// <summary>Names of whoever last decided at the activities of a case, which is whom a return goes to: activity → names.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DecidedByAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var lines = await (
            from task in db.Tasks.AsNoTracking()
            join step in db.StepRuns on task.StepRunId equals step.Id
            join person in db.People on task.AssigneeId equals person.Id
            where task.CaseId == caseId && task.State == TaskState.Done
            orderby step.Round, task.ClosedAt
            select new { step.ActivityId, step.Round, person.Name }).ToListAsync(cancellationToken);
        return lines.GroupBy(line => line.ActivityId).ToDictionary(
            group => group.Key,
            group => string.Join('、', group.Where(line => line.Round == group.Max(one => one.Round)).Select(line => line.Name).Distinct()));
    }

    /// <summary>How many colleagues have still to answer the step, this task left out.</summary>
    public Task<int> OthersWaitingAsync(InboxTask task, CancellationToken cancellationToken) =>
        db.Tasks.CountAsync(
            one => one.StepRunId == task.StepRunId && one.Id != task.Id && (one.State == TaskState.Open || one.State == TaskState.Queued),
            cancellationToken);

    /// <summary>
    /// Names of those who have to sign (加签) once the holder of a task has: whom the holder, or whoever asked the holder, has asked to sign
    /// after or beside, and the one beside whom the holder signs.
    /// </summary>
    public async Task<IReadOnlyList<string>> AskedAfterAsync(InboxTask task, CancellationToken cancellationToken) => await (
        from one in db.Tasks.AsNoTracking()
        join person in db.People on one.AssigneeId equals person.Id
        where one.Id != task.Id && (one.State == TaskState.Open || one.State == TaskState.Queued)
            && ((one.AddedForTaskId == task.Id && (one.AddedPlace == AddedPlace.After || one.AddedPlace == AddedPlace.Beside))
                || ((task.AddedPlace == AddedPlace.After || task.AddedPlace == AddedPlace.Beside) && one.AddedForTaskId == task.AddedForTaskId
                    && (one.AddedPlace == AddedPlace.After || one.AddedPlace == AddedPlace.Beside))
                || (task.AddedPlace == AddedPlace.Beside && one.Id == task.AddedForTaskId))
        orderby one.Id
        select person.Name).ToListAsync(cancellationToken);
}
