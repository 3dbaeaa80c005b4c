using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Approvals.Benchmarks.Durable;

/// <summary>A database that a benchmark runs on, and that can be copied as it stands.</summary>
internal abstract class BenchDatabase
{
    /// <summary>As the product's configuration names it.</summary>
    public abstract string Provider { get; }

    /// <summary>In the names of figures.</summary>
    public string Key => Provider.ToLowerInvariant();

    public abstract string ConnectionString { get; }

    /// <summary>SQLite and PostgreSQL.</summary>
    public static IReadOnlyList<Func<BenchDatabase>> All { get; } = [() => new SqliteBench(), OnPostgres];

    /// <summary>A new one on PostgreSQL.</summary>
    public static BenchDatabase OnPostgres() => new PostgresBench(Preparation.Postgres);

    /// <summary>How a commit is kept, as a figure's note says it: a PostgreSQL of tests may not wait for the disk.</summary>
    public virtual Task<string> DurabilityAsync() => Task.FromResult("WAL, synchronous=FULL");

    /// <summary>Another database with the same rows; nobody may be writing.</summary>
    public abstract Task<BenchDatabase> CopyAsync();

    /// <summary>A closed connection, pooled.</summary>
    public abstract DbConnection Connect();

    /// <summary>Removes it.</summary>
    public abstract Task DropAsync();

    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    private sealed class SqliteBench : BenchDatabase
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("approvals-bench-").FullName;

        public override string Provider => "Sqlite";

        public override string ConnectionString => $"Data Source={File};Foreign Keys=True";

        private string File => Path.Combine(_folder, "approvals.db");

        public override async Task<BenchDatabase> CopyAsync()
        {
            var copy = new SqliteBench();
            await RunAsync(Connect(), $"VACUUM INTO '{copy.File}'");
            await RunAsync(new SqliteConnection($"Data Source={copy.File};Pooling=False"), "PRAGMA journal_mode = WAL");
            return copy;
        }

        public override DbConnection Connect() => new SqliteConnection(ConnectionString);

        public override Task DropAsync()
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
            return Task.CompletedTask;
        }
    }

    private sealed class PostgresBench(string server) : BenchDatabase
    {
        private readonly string _name = $"bench_{Guid.CreateVersion7():N}";

        public override string Provider => "PostgreSql";

        public override string ConnectionString => new NpgsqlConnectionStringBuilder(server) { Database = _name }.ToString();

        public override async Task<BenchDatabase> CopyAsync()
        {
            // A template may have no sessions.
            NpgsqlConnection.ClearAllPools();
            var copy = new PostgresBench(server);
            await RunAsync(new NpgsqlConnection(server + ";Pooling=False"), $"CREATE DATABASE \"{copy._name}\" TEMPLATE \"{_name}\"");
            return copy;
        }

        public override DbConnection Connect() => new NpgsqlConnection(ConnectionString);

        public override async Task<string> DurabilityAsync()
        {
            await using var connection = new NpgsqlConnection(server + ";Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                SELECT 'fsync=' || current_setting('fsync') || ', synchronous_commit=' || current_setting('synchronous_commit')
                """;
            return (string)(await command.ExecuteScalarAsync())!;
        }

        public override Task DropAsync()
        {
            NpgsqlConnection.ClearAllPools();
            return RunAsync(new NpgsqlConnection(server + ";Pooling=False"), $"DROP DATABASE IF EXISTS \"{_name}\" WITH (FORCE)");
        }
    }
}
