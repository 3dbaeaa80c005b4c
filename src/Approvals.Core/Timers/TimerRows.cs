using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Timers;

/// <summary>What every firing reads, translated once for the life of the process. Singleton.</summary>
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
}
