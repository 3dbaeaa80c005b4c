using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>What every page with the inbox in its head reads, translated once for the life of the process. Singleton.</summary>
public sealed class InboxRows
{
    private readonly Func<ApprovalsDbContext, Guid, CancellationToken, Task<InboxCounts?>> _counts =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid personId, CancellationToken _) => db.People
            .Where(person => person.Id == personId)
            .Select(_ => new InboxCounts(
                db.Tasks.Where(task => task.AssigneeId == personId && task.State == TaskState.Open).Take(InboxQuery.CountLimit).Count(),
                db.Tasks.Where(task => task.DecidedById == personId).Take(InboxQuery.CountLimit).Count(),
                db.Cases.Where(one => one.StarterId == personId).Take(InboxQuery.CountLimit).Count(),
                db.Copies.Where(copy => copy.PersonId == personId && copy.ReadAt == null).Take(InboxQuery.CountLimit).Count()))
            .FirstOrDefault());

    /// <summary>Numbers of the person's own lists; null when there is no such person.</summary>
    internal Task<InboxCounts?> CountsAsync(ApprovalsDbContext db, Guid personId, CancellationToken cancellationToken) =>
        _counts(db, personId, cancellationToken);
}
