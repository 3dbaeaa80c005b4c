using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Approvals.Core.Data;

/// <summary>
/// One process at a time prepares a server's database. Race closed: servers that start at once. On PostgreSQL EF locks the table of its
/// history, for one migration each and not before the table exists, so that of two first starts both ran the first migrations and one
/// died; and what is seeded after them was seeded twice. The lock belongs to the session and ends with it, also when the process is killed.
/// SQLite has its file, see <see cref="DatabaseMigrator"/>.
/// </summary>
internal sealed class StartTurn : IAsyncDisposable
{
    /// <summary>"Approv" in ASCII; anybody else's lock has another number.</summary>
    private const long Key = 0x417070726F76;

    /// <summary>
    /// The procedure answers with a number, below zero when it did not give the lock. And a database that somebody made by hand may lack
    /// row versions: readers would wait for writers and the other way round, which nothing here is made for.
    /// </summary>
    private const string TakeOnSqlServer =
        """
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = N'Approvals', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = -1;
        IF @result < 0
            THROW 50002, N'The lock to prepare the database was not given (sp_getapplock).', 1;
        IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND is_read_committed_snapshot_on = 0)
            THROW 50003, N'Run ALTER DATABASE ... SET READ_COMMITTED_SNAPSHOT ON first, see docs/operations.md.', 1;
        """;

    private readonly ApprovalsDbContext db;
    private readonly string? release;

    private StartTurn(ApprovalsDbContext db, string? release) => (this.db, this.release) = (db, release);

    /// <summary>The statements of a provider; null for one without sessions.</summary>
    internal static (string Take, string Release)? StatementsOf(string? provider) => provider?.Split('.')[^1] switch
    {
        "PostgreSQL" => ($"SELECT pg_advisory_lock({Key})", $"SELECT pg_advisory_unlock({Key})"),
        "SqlServer" => (TakeOnSqlServer, "EXEC sp_releaseapplock @Resource = N'Approvals', @LockOwner = N'Session'"),
        _ => null,
    };

    /// <summary>Waits until no other process prepares the database, however long its migrations take.</summary>
    public static async Task<StartTurn> TakeAsync(ApprovalsDbContext db, CancellationToken cancellationToken)
    {
        if (StatementsOf(db.Database.ProviderName) is not var (take, release))
            return new StartTurn(db, null);
        await EnsureDatabaseAsync(db.GetService<IRelationalDatabaseCreator>(), cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var patience = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(0);
        await db.Database.ExecuteSqlRawAsync(take, cancellationToken);
        db.Database.SetCommandTimeout(patience);
        return new StartTurn(db, release);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (release is null)
            return;
        await db.Database.ExecuteSqlRawAsync(release);
        await db.Database.CloseConnectionAsync();
    }

    private static async Task EnsureDatabaseAsync(IRelationalDatabaseCreator creator, CancellationToken cancellationToken)
    {
        if (await creator.ExistsAsync(cancellationToken))
            return;
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (DbException)
        {
            // Another process made it in between; anything else is a fault.
            if (!await creator.ExistsAsync(cancellationToken))
                throw;
        }
    }
}
