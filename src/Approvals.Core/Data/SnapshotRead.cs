using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Data;

/// <summary>One state of the database for all reads of a context until it is disposed, while others go on writing. Changes nothing.</summary>
public sealed class SnapshotRead : IAsyncDisposable
{
    private readonly ApprovalsDbContext db;

    private SnapshotRead(ApprovalsDbContext db) => this.db = db;

    /// <summary>
    /// Begins; what the reads see is what was committed when the first of them is sent. SQLite: a deferred transaction, which reads beside the
    /// writer; the provider's own would take the writer's place. SQL Server: its level of that name, which a migration allows; its repeatable
    /// read would hold every row.
    /// </summary>
    /// <param name="db">A context without a transaction.</param>
    /// <param name="cancellationToken">Stops before it has begun.</param>
    public static async Task<SnapshotRead> BeginAsync(ApprovalsDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            if (IsSqlite(db))
                await db.Database.ExecuteSqlRawAsync("BEGIN DEFERRED", cancellationToken);
            else
                await db.Database.BeginTransactionAsync(
                    db.Database.ProviderName?.EndsWith(".SqlServer", StringComparison.Ordinal) == true
                        ? IsolationLevel.Snapshot : IsolationLevel.RepeatableRead,
                    cancellationToken);
        }
        catch
        {
            await db.Database.CloseConnectionAsync();
            throw;
        }

        return new SnapshotRead(db);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (IsSqlite(db))
                await db.Database.ExecuteSqlRawAsync("ROLLBACK", CancellationToken.None);
            else if (db.Database.CurrentTransaction is { } transaction)
                await transaction.DisposeAsync();
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static bool IsSqlite(ApprovalsDbContext db) => db.Database.ProviderName?.EndsWith(".Sqlite", StringComparison.Ordinal) == true;
}
