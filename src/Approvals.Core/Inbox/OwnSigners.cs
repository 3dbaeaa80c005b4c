using Approvals.Core.Data;

namespace Approvals.Core.Inbox;

/// <summary>Which decisions count.</summary>
public static class OwnSigners
{
    /// <summary>Decisions that were not taken back (收回): the task of one that was is not done any more.</summary>
    public static IQueryable<Decision> StandingDecisions(this ApprovalsDbContext db) =>
        db.Decisions.Where(one => db.Tasks.Any(task => task.Id == one.TaskId && task.State == TaskState.Done));

    /// <summary>
    /// Decisions that count as the step's: who signs an order, approves a sum or has decided a step is one of them. Without those who were
    /// asked in by a signer (加签, 委派) and what was taken back.
    /// </summary>
    public static IQueryable<Decision> DecisionsOfOwnSigners(this ApprovalsDbContext db) =>
        db.Decisions.Where(one => db.Tasks.Any(task => task.Id == one.TaskId && task.AddedForTaskId == null && task.State == TaskState.Done));
}
