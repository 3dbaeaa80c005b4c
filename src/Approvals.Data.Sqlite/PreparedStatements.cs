using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Approvals.Data.Sqlite;

/// <summary>
/// The commands that a connection has run last, with their statements prepared. Preparing a statement, which SQLite does anew for every
/// command, costs more than running it when it touches few rows. SQLite prepares again by itself what a changed schema has made stale.
/// Not for use by two threads at once, as the connection.
/// </summary>
internal sealed class PreparedStatements
{
    /// <summary>Some hundred kilobytes a connection; a decision sends twenty different texts.</summary>
    private const int MaxCommands = 64;

    private static readonly ConditionalWeakTable<SqliteConnection, PreparedStatements> Known = [];

    private readonly Dictionary<string, KeptCommand> commands = new(StringComparer.Ordinal);
    private long uses;

    /// <summary>A command with this text and without values, prepared if the connection has run it before.</summary>
    public static SqliteCommand Take(SqliteConnection connection, string text) =>
        Known.GetValue(connection, static _ => new PreparedStatements()).TakeFree(connection, text);

    private SqliteCommand TakeFree(SqliteConnection connection, string text)
    {
        if (commands.TryGetValue(text, out var known))
        {
            // Its rows are still being read: this one runs beside it and is not kept.
            if (known.IsTaken)
                return new SqliteCommand(text, connection);
        }
        else
        {
            if (commands.Count == MaxCommands)
                Forget(commands.Values.Where(one => !one.IsTaken).MinBy(one => one.LastUse));
            commands[text] = known = new KeptCommand(this, text, connection);
        }

        known.IsTaken = true;
        known.LastUse = ++uses;
        return known;
    }

    private void Forget(KeptCommand? command)
    {
        if (command is null)
            return;
        commands.Remove(command.CommandText);
        command.End();
    }

    /// <summary>Disposing it gives it back; one that failed is not used again.</summary>
    private sealed class KeptCommand(PreparedStatements owner, string text, SqliteConnection connection) : SqliteCommand(text, connection)
    {
        private bool hasFailed;

        public bool IsTaken { get; set; }

        public long LastUse { get; set; }

        public override SqliteDataReader ExecuteReader(System.Data.CommandBehavior behavior)
        {
            try
            {
                return base.ExecuteReader(behavior);
            }
            catch
            {
                hasFailed = true;
                throw;
            }
        }

        /// <summary>Finalizes its statements.</summary>
        public void End()
        {
            IsTaken = false;
            base.Dispose(disposing: true);
        }

        protected override void Dispose(bool disposing)
        {
            if (!disposing)
            {
                base.Dispose(disposing);
                return;
            }

            if (!IsTaken)
                return;
            IsTaken = false;
            Parameters.Clear();
            Transaction = null;
            if (hasFailed || DataReader is not null)
                owner.Forget(this);
        }
    }
}
