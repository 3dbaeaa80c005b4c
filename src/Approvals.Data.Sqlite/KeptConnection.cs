using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
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
    private SqliteConnection? lent;

    /// <summary>The context's own connection, or the one it has been lent.</summary>
    [AllowNull]
    public override DbConnection DbConnection
    {
        get => lent ?? base.DbConnection;
        set => base.DbConnection = value;
    }

    /// <summary>Opens another connection to the same database, with all that EF's queries call.</summary>
    public SqliteConnection OpenAnother()
    {
        var another = (SqliteConnection)CreateDbConnection();
        another.Open();
        return another;
    }

    /// <summary>Works on an open connection until the result is disposed; the context's own stays as it is.</summary>
    /// <exception cref="InvalidOperationException">A transaction runs on the one it has.</exception>
    public IDisposable Borrow(SqliteConnection connection)
    {
        if (CurrentTransaction is not null || lent is not null)
            throw new InvalidOperationException("A connection cannot be changed within a transaction.");
        lent = connection;
        return new Loan(this);
    }

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

    private sealed class Loan(KeptConnection borrower) : IDisposable
    {
        public void Dispose()
        {
            borrower.CloseDbConnection();
            borrower.lent = null;
        }
    }
}

/// <summary>Chooses <see cref="KeptConnection"/>.</summary>
internal static class KeptConnections
{
    /// <summary>Lets every context of these options keep its connection open as long as it lives.</summary>
    public static DbContextOptionsBuilder KeepConnections(this DbContextOptionsBuilder options) =>
        options.ReplaceService<ISqliteRelationalConnection, KeptConnection>();
}
