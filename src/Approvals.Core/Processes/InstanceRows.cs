using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes;

/// <summary>Where a bookmark waits.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="HasTimers">Whether a timer of the bookmark may still fire.</param>
/// <param name="Instance">The instance as it was read with the bookmark, before its lock; detached. Null when it was not.</param>
public sealed record WaitingAt(Guid InstanceId, bool HasTimers, WorkflowInstanceRow? Instance = null);

/// <summary>What tells whether an instance or its case has changed since they were read.</summary>
/// <param name="Version">Version of the instance, which taking the lock has raised by one.</param>
/// <param name="CaseVersion">Version of its case; null when it works on none.</param>
/// <param name="CaseUpdatedAt">When the case last changed: files that come and go change this alone.</param>
internal sealed record LockedRows(int Version, int? CaseVersion, DateTimeOffset? CaseUpdatedAt);

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
                from bookmark in db.Bookmarks.AsNoTracking()
                join instance in db.Instances.AsNoTracking() on bookmark.InstanceId equals instance.Id
                where bookmark.Id == bookmarkId
                select new WaitingAt(
                    bookmark.InstanceId,
                    db.Timers.Any(timer => timer.BookmarkId == bookmarkId && timer.FiredAt == null && timer.CancelledAt == null),
                    instance))
            .FirstOrDefault());

    private readonly Func<ApprovalsDbContext, Guid, CancellationToken, Task<WorkflowInstanceRow?>> _read =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid instanceId, CancellationToken _) =>
            db.Instances.FirstOrDefault(row => row.Id == instanceId));

    // The column set to itself is in no index, so locking the case moves no entry.
    private const string LockSql =
        """
        UPDATE "Cases" SET "RowVersion" = "RowVersion" WHERE "Id" = (SELECT "CaseId" FROM "Instances" WHERE "Id" = {0});
        UPDATE "Instances" SET "RowVersion" = "RowVersion" + 1 WHERE "Id" = {0};
        SELECT i."RowVersion", c."RowVersion", c."UpdatedAt"
        FROM "Instances" AS i LEFT JOIN "Cases" AS c ON c."Id" = i."CaseId" WHERE i."Id" = {0}
        """;

    private readonly Func<ApprovalsDbContext, Guid, Guid?, Guid?, string, IAsyncEnumerable<Guid>> _besides =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid caseId, Guid? main, Guid? closing, string running) => db.Instances
            .Where(one => one.CaseId == caseId && one.Id != main && one.Id != closing && one.Status == running)
            .Select(one => one.Id));

    /// <summary>Id of a definition's published version; null when it has none.</summary>
    public Task<string?> FindPublishedAsync(ApprovalsDbContext db, string definitionId, CancellationToken cancellationToken) =>
        _published(db, definitionId, cancellationToken);

    /// <summary>Where a bookmark waits; null when it is gone.</summary>
    public Task<WaitingAt?> FindWaitingAsync(ApprovalsDbContext db, Guid bookmarkId, CancellationToken cancellationToken) =>
        _waiting(db, bookmarkId, cancellationToken);

    /// <summary>Locks an instance's case and then the instance until the transaction ends, in one command.</summary>
    /// <returns>Both as they stand under the lock; null when there is no such instance.</returns>
    internal Task<LockedRows?> LockAsync(ApprovalsDbContext db, Guid instanceId, CancellationToken cancellationToken) => RawRow.ReadAsync(
        db,
        LockSql,
        [instanceId],
        row => row.IsDBNull(1)
            ? new LockedRows(row.GetInt32(0), null, null)
            : new LockedRows(row.GetInt32(0), row.GetInt32(1), RawRow.Instant<Case>(db, nameof(Case.UpdatedAt), row, 2)),
        cancellationToken);

    /// <summary>Instances of a case that still run beside its main one and the one that closes the case.</summary>
    public ValueTask<List<Guid>> RunningBesidesAsync(
        ApprovalsDbContext db, Guid caseId, Guid? main, Guid? closing, CancellationToken cancellationToken) =>
        _besides(db, caseId, main, closing, nameof(WorkflowStatus.Running)).ToListAsync(cancellationToken);

    /// <summary>An instance, tracked; null when there is none.</summary>
    public Task<WorkflowInstanceRow?> ReadAsync(ApprovalsDbContext db, Guid instanceId, CancellationToken cancellationToken) =>
        _read(db, instanceId, cancellationToken);
}
