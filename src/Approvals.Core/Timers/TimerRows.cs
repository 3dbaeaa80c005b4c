using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Timers;

/// <summary>The statements of every firing and every step that ends, translated once for the life of the process. Singleton.</summary>
public sealed class TimerRows
{
    private readonly Func<ApprovalsDbContext, Guid, CancellationToken, Task<TimerRow?>> _timer =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid id, CancellationToken _) =>
            db.Timers.AsNoTracking().FirstOrDefault(row => row.Id == id));

    /// <summary>Timers as they stand, detached, in the order of their due times.</summary>
    public static Task<List<TimerRow>> FindAllAsync(ApprovalsDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        db.Timers.AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.DueAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A timer as it stands, detached; null when there is none.</summary>
    public Task<TimerRow?> FindAsync(ApprovalsDbContext db, Guid id, CancellationToken cancellationToken) => _timer(db, id, cancellationToken);

    /// <summary>Cancels every waiting timer of a bookmark. EF translates an update anew each time, this one every decision sends.</summary>
    /// <returns>How many were cancelled.</returns>
    internal Task<int> CancelForBookmarkAsync(
        ApprovalsDbContext db, Guid bookmarkId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(
            """
            UPDATE "Timers" SET "CancelledAt" = {0}
            WHERE "BookmarkId" = {1} AND "FiredAt" IS NULL AND "CancelledAt" IS NULL
            """,
            [RawRow.Stored<TimerRow>(db, nameof(TimerRow.CancelledAt), now), bookmarkId],
            cancellationToken);
}
