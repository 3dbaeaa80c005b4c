using Approvals.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Approvals.Data.Sqlite;

/// <summary>
/// Lets units of work that commit at the same time share one flush of SQLite's write-ahead log. Under <c>synchronous = FULL</c> SQLite
/// flushes the log within every commit, while everybody else waits for the writer's turn. Here the commit only writes its frames
/// (<c>NORMAL</c>), the next one begins, and nobody is told of theirs before the log has been flushed behind it: what a flush of a later
/// frame keeps, it keeps of every frame before it. Each transaction stays its own. One for each database file.
/// All turns run on one connection: SQLite throws away what a connection has read of the file when another one has written, and so a
/// turn on any other would begin by reading the same pages again.
/// </summary>
public sealed class WriteAheadLogFlush : ICommitFlush, IDisposable
{
    private readonly SharedFlush shared;
    private SqliteConnection? writer;
    private string? log;

    /// <summary>A flush of a database that nobody has written yet.</summary>
    public WriteAheadLogFlush() => shared = new SharedFlush(Flush);

    /// <inheritdoc />
    public IDisposable Lend(DbContext context)
    {
        // No race: who calls has the writer's turn.
        var own = (KeptConnection)context.GetService<IRelationalConnection>();
        if (writer is not { State: System.Data.ConnectionState.Open })
        {
            // Kept only once it is set up: a turn on one that is not would not know what to flush.
            var opened = own.OpenAnother();
            ConnectionSettings.Set(opened, "NORMAL");

            // The open connection knows the file's full path.
            log = opened.DataSource + "-wal";
            writer = opened;
        }

        return own.Borrow(writer);
    }

    /// <inheritdoc />
    public Task FlushAsync() => shared.FlushAsync();

    /// <inheritdoc />
    public void Dispose() => writer?.Dispose();

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
