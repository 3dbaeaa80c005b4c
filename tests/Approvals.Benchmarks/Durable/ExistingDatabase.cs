using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Approvals.Benchmarks.Durable;

/// <summary>The SQLite database of a product's data folder, filled while the product is not running. Nothing of it is removed.</summary>
internal sealed class ExistingDatabase(string file) : BenchDatabase
{
    public override string Provider => "Sqlite";

    public override string ConnectionString => $"Data Source={file};Foreign Keys=True";

    public override async Task<BenchDatabase> CopyAsync()
    {
        var copy = Path.Combine(Path.GetDirectoryName(file)!, $"copy-{Guid.CreateVersion7():N}.db");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"VACUUM INTO '{copy}'";
        await command.ExecuteNonQueryAsync();
        await using var log = new SqliteConnection($"Data Source={copy};Pooling=False");
        await log.OpenAsync();
        await using var mode = log.CreateCommand();
        mode.CommandText = "PRAGMA journal_mode = WAL";
        await mode.ExecuteNonQueryAsync();
        return new ExistingDatabase(copy);
    }

    public override DbConnection Connect() => new SqliteConnection(ConnectionString);

    public override Task DropAsync()
    {
        SqliteConnection.ClearAllPools();
        return Task.CompletedTask;
    }
}
