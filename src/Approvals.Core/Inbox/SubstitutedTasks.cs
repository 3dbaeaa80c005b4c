using Approvals.Core.Data;

namespace Approvals.Core.Inbox;

/// <summary>
/// Which tasks of a principal are a substitute's to act on (代理). Not those of the own application, and none of a step in which the
/// substitute has a part already: one person gives one signature of a step, however many they stand in for.
/// </summary>
internal static class SubstitutedTasks
{
    /// <summary>The tasks without those that are not the substitute's to act on; only the rows that are read anyway are looked at.</summary>
    public static IQueryable<InboxTask> OpenToSubstitute(this IQueryable<InboxTask> tasks, ApprovalsDbContext db, Guid substituteId) =>
        tasks.WithoutPartOf(db, substituteId)
            .Where(task => !db.Cases.Any(one => one.Id == task.CaseId && one.ApplicantId == substituteId));

    /// <summary>The tasks without those of steps in which somebody has another task of their own, done or still to do, or has decided one.</summary>
    public static IQueryable<InboxTask> WithoutPartOf(this IQueryable<InboxTask> tasks, ApprovalsDbContext db, Guid personId) =>
        tasks.Where(task => !db.Tasks.Any(own => own.StepRunId == task.StepRunId && own.Id != task.Id
            && ((own.AssigneeId == personId && own.State != TaskState.Closed) || own.DecidedById == personId)));
}
