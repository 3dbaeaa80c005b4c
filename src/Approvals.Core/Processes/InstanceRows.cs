using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes;

/// <summary>Where a bookmark waits.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="HasTimers">Whether a timer of the bookmark may still fire.</param>
public sealed record WaitingAt(Guid InstanceId, bool HasTimers);

/// <summary>
/// The statements every burst needs, translated once for the life of the process: translating them anew each time cost more than
/// running them. A singleton and not static, because a compiled query belongs to the model of one database.
/// </summary>
public sealed class InstanceRows
{
    private readonly Func<ApprovalsDbContext, string, CancellationToken, Task<string?>> _published =
        EF.CompileAsyncQuery((ApprovalsDbContext db, string definitionId, CancellationToken _) => db.Definitions
            .Where(row => row.DefinitionId == definitionId && row.IsPublished).Select(row => row.Id).FirstOrDefault());

    private readonly Func<ApprovalsDbContext, Guid, CancellationToken, Task<WaitingAt?>> _waiting =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid bookmarkId, CancellationToken _) => (
                from bookmark in db.Bookmarks
                where bookmark.Id == bookmarkId
                select new WaitingAt(
                    bookmark.InstanceId,
                    db.Timers.Any(timer => timer.BookmarkId == bookmarkId && timer.FiredAt == null && timer.CancelledAt == null)))
            .FirstOrDefault());

    private readonly Func<ApprovalsDbContext, Guid, CancellationToken, Task<WorkflowInstanceRow?>> _read =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid instanceId, CancellationToken _) =>
            db.Instances.FirstOrDefault(row => row.Id == instanceId));

    /// <summary>Id of a definition's published version; null when it has none.</summary>
    public Task<string?> FindPublishedAsync(ApprovalsDbContext db, string definitionId, CancellationToken cancellationToken) =>
        _published(db, definitionId, cancellationToken);

    /// <summary>Where a bookmark waits; null when it is gone.</summary>
    public Task<WaitingAt?> FindWaitingAsync(ApprovalsDbContext db, Guid bookmarkId, CancellationToken cancellationToken) =>
        _waiting(db, bookmarkId, cancellationToken);

    /// <summary>Locks an instance's case and then the instance until the transaction ends, and reads it under the lock, in one command.</summary>
    /// <returns>Tracked; null when there is none. A row that is tracked already keeps the values it has.</returns>
    public async Task<WorkflowInstanceRow?> LockAndReadAsync(ApprovalsDbContext db, Guid instanceId, CancellationToken cancellationToken) =>
        (await db.Instances.FromSql(
            $"""
            UPDATE "Cases" SET "UpdatedAt" = "UpdatedAt" WHERE "Id" = (SELECT "CaseId" FROM "Instances" WHERE "Id" = {instanceId});
            UPDATE "Instances" SET "RowVersion" = "RowVersion" + 1 WHERE "Id" = {instanceId};
            SELECT * FROM "Instances" WHERE "Id" = {instanceId}
            """).ToListAsync(cancellationToken)).FirstOrDefault();

    /// <summary>An instance, tracked; null when there is none.</summary>
    public Task<WorkflowInstanceRow?> ReadAsync(ApprovalsDbContext db, Guid instanceId, CancellationToken cancellationToken) =>
        _read(db, instanceId, cancellationToken);
}
