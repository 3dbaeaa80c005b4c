using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Timers;

/// <summary>What every firing reads, translated once for the life of the process. Singleton.</summary>
public sealed class TimerRows
{
    private readonly Func<ApprovalsDbContext, Guid, CancellationToken, Task<TimerRow?>> _timer =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid id, CancellationToken _) =>
            db.Timers.AsNoTracking().FirstOrDefault(row => row.Id == id));

    /// <summary>A timer as it stands, detached; null when there is none.</summary>
    public Task<TimerRow?> FindAsync(ApprovalsDbContext db, Guid id, CancellationToken cancellationToken) => _timer(db, id, cancellationToken);
}
