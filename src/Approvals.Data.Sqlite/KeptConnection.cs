using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Approvals.Data.Sqlite;

#pragma warning disable EF1001 // EF has no public base for SQLite's connection, and only the base registers what its queries call, such as sums of money.

/// <summary>
/// A context's connection that stays open while the context waits in its pool: opening and closing cost a tenth of a small unit of work,
/// and statements prepared on a connection (<see cref="PreparedStatements"/>) live no longer than it is open. It is closed with the context.
/// </summary>
internal sealed class KeptConnection(
    RelationalConnectionDependencies dependencies,
    IRawSqlCommandBuilder rawSqlCommandBuilder,
    IDiagnosticsLogger<DbLoggerCategory.Infrastructure> logger)
    : SqliteRelationalConnection(dependencies, rawSqlCommandBuilder, logger)
{
    /// <summary>Leaves it open, and takes back a transaction that somebody left: the next user of the context could begin none of their own.</summary>
    protected override void CloseDbConnection()
    {
        if (DbConnection is SqliteConnection { Handle: { } handle } && raw.sqlite3_get_autocommit(handle) == 0)
            raw.sqlite3_exec(handle, "ROLLBACK");
    }

    /// <inheritdoc />
    protected override Task CloseDbConnectionAsync()
    {
        CloseDbConnection();
        return Task.CompletedTask;
    }
}

/// <summary>Chooses <see cref="KeptConnection"/>.</summary>
internal static class KeptConnections
{
    /// <summary>Lets every context of these options keep its connection open as long as it lives.</summary>
    public static DbContextOptionsBuilder KeepConnections(this DbContextOptionsBuilder options) =>
        options.ReplaceService<ISqliteRelationalConnection, KeptConnection>();
}
