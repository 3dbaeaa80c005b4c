using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Approvals.Data.Sqlite;

/// <summary>
/// Lets SQLite itself wait for another process's write, in steps of milliseconds; the .NET provider alone would poll every 150 ms. And
/// lets every commit wait for the disk, on a pooled connection too that <see cref="WriteAheadLogFlush"/> has prepared before. And lets the
/// write-ahead log grow to 16 MB before a commit moves it into the database: the pages that every decision changes, the ends of tables and
/// indexes, are moved once instead of four times.
/// </summary>
internal sealed class ConnectionSettings : DbConnectionInterceptor
{
    /// <inheritdoc />
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    /// <inheritdoc />
    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private static void Set(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000";
        command.ExecuteNonQuery();
    }
}
