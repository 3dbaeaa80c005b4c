using Approvals.Core.Data;

namespace Approvals.Core.Inbox;

/// <summary>Decisions of the people whom steps name, without those who were asked in by a signer (加签).</summary>
public static class OwnSigners
{
    /// <summary>Decisions that count as the step's: who signs an order, approves a sum or has decided a step is one of them.</summary>
    public static IQueryable<Decision> DecisionsOfOwnSigners(this ApprovalsDbContext db) =>
        db.Decisions.Where(one => !db.Tasks.Any(task => task.Id == one.TaskId && task.AddedForTaskId != null));
}
