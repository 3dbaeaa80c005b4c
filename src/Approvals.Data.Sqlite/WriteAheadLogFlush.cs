using System.Data.Common;
using Approvals.Core.Data;

namespace Approvals.Data.Sqlite;

/// <summary>
/// Lets units of work that commit at the same time share one flush of SQLite's write-ahead log. Under <c>synchronous = FULL</c> SQLite
/// flushes the log within every commit, while everybody else waits for the writer's turn. Here the commit only writes its frames
/// (<c>NORMAL</c>), the next one begins, and nobody is told of theirs before the log has been flushed behind it: what a flush of a later
/// frame keeps, it keeps of every frame before it. Each transaction stays its own. One for each database file.
/// </summary>
public sealed class WriteAheadLogFlush : ICommitFlush
{
    private readonly SharedFlush shared;
    private string? log;

    /// <summary>A flush of a database that no connection has been prepared for yet.</summary>
    public WriteAheadLogFlush() => shared = new SharedFlush(Flush);

    /// <inheritdoc />
    public bool IsShared => true;

    /// <inheritdoc />
    public void Prepare(DbConnection connection)
    {
        // The open connection knows the file's full path.
        log ??= connection.DataSource + "-wal";
        Set(connection, "NORMAL");
    }

    /// <inheritdoc />
    public void Release(DbConnection connection) => Set(connection, "FULL");

    /// <inheritdoc />
    public Task FlushAsync() => shared.FlushAsync();

    private static void Set(DbConnection connection, string level)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA synchronous = {level}";
        command.ExecuteNonQuery();
    }

    private void Flush()
    {
        try
        {
            // Opened anew each time: SQLite deletes the log with its last connection and makes another.
            using var file = File.OpenHandle(log!, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
        }
        catch (FileNotFoundException)
        {
            // SQLite has moved everything into the database, flushed it, and only then deleted the log.
        }
    }
}
