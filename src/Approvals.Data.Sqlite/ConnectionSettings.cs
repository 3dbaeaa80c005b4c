using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Approvals.Data.Sqlite;

/// <summary>
/// Lets SQLite itself wait for another process's write, in steps of milliseconds; the .NET provider alone would poll every 150 ms. And
/// lets every commit wait for the disk, on a pooled connection too that was <see cref="WriteAheadLogFlush"/>'s before. And lets the
/// write-ahead log grow to 16 MB before a commit moves it into the database: the pages that every decision changes, the ends of tables and
/// indexes, are moved once instead of four times.
/// </summary>
internal sealed class ConnectionSettings : DbConnectionInterceptor
{
    /// <inheritdoc />
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection, "FULL");

    /// <inheritdoc />
    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection, "FULL");
        return Task.CompletedTask;
    }

    /// <summary>Sets an open connection up.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="synchronous">FULL when its commits wait for the disk, NORMAL when somebody flushes the log behind them.</param>
    public static void Set(DbConnection connection, string synchronous)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = 30000; PRAGMA synchronous = {synchronous}; PRAGMA wal_autocheckpoint = 4000";
        command.ExecuteNonQuery();
    }
}
