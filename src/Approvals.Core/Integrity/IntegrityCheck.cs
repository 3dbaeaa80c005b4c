using System.Data;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Integrity;

/// <summary>
/// 数据核查 — checks every invariant against one snapshot of the database, so that it may run while people work. Scoped; run by
/// <c>check</c>, after a restore and by the tests of faults.
/// </summary>
public sealed class IntegrityCheck(ApprovalsDbContext db, IEnumerable<IInvariant> invariants)
{
    /// <summary>Records of one kind that are named; more would hide the others.</summary>
    public const int Limit = 20;

    /// <summary>Checks everything. Changes nothing.</summary>
    public async Task<IntegrityReport> RunAsync(CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var found = new List<Violation>();
        try
        {
            await BeginSnapshotAsync(cancellationToken);
            foreach (var invariant in invariants)
                found.AddRange(await invariant.CheckAsync(cancellationToken));
        }
        finally
        {
            if (IsSqlite)
                await db.Database.ExecuteSqlRawAsync("ROLLBACK", CancellationToken.None);
            else if (db.Database.CurrentTransaction is { } transaction)
                await transaction.DisposeAsync();
            await db.Database.CloseConnectionAsync();
        }

        return new IntegrityReport(found);
    }

    private bool IsSqlite => db.Database.ProviderName?.EndsWith(".Sqlite", StringComparison.Ordinal) == true;

    /// <summary>
    /// One state of the database for all reads. SQLite: a deferred transaction, which reads beside the writer; the provider's own would
    /// take the writer's place. SQL Server: its level of that name, which a migration allows; its repeatable read would hold every row.
    /// </summary>
    private Task BeginSnapshotAsync(CancellationToken cancellationToken) => IsSqlite
        ? db.Database.ExecuteSqlRawAsync("BEGIN DEFERRED", cancellationToken)
        : db.Database.BeginTransactionAsync(
            db.Database.ProviderName?.EndsWith(".SqlServer", StringComparison.Ordinal) == true ? IsolationLevel.Snapshot : IsolationLevel.RepeatableRead,
            cancellationToken);
}
