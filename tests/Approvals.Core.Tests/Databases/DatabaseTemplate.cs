using Approvals.Core.Data;
using Approvals.Data.PostgreSql;
using Approvals.Data.Sqlite;
using Approvals.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Approvals.Core.Tests.Databases;

/// <summary>Migrates one empty database per kind and test run; every test gets a copy of it, which takes milliseconds.</summary>
internal static class DatabaseTemplate
{
    private static readonly Lazy<Task<string>> SqliteFile = new(MakeSqliteAsync);
    private static readonly Lazy<Task<string>> PostgresName = new(MakePostgresAsync);
    private static readonly SemaphoreSlim Copying = new(1, 1);

    private static string Server => Environment.GetEnvironmentVariable("APPROVALS_TEST_POSTGRES")
        ?? throw new InvalidOperationException(
            "APPROVALS_TEST_POSTGRES is not set. Run: export APPROVALS_TEST_POSTGRES=\"$(bash tests/postgres.sh start)\"");

    /// <summary>Makes a migrated database.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CopyAsync(string provider, string folder)
    {
        if (provider == SqliteDatabase.Name)
        {
            var file = Path.Combine(folder, "approvals.db");
            File.Copy(await SqliteFile.Value, file);
            return $"Data Source={file}";
        }

        return provider == SqlServerDatabase.Name
            ? await SqlServerDatabases.MigratedAsync()
            : await NewPostgresAsync(await PostgresName.Value);
    }

    /// <summary>Makes an empty database, not migrated.</summary>
    public static Task<string> EmptyAsync(string provider, string folder) => provider switch
    {
        SqliteDatabase.Name => Task.FromResult($"Data Source={Path.Combine(folder, "empty.db")}"),
        SqlServerDatabase.Name => SqlServerDatabases.EmptyAsync(),
        _ => NewPostgresAsync("template0"),
    };

    public static async Task DropAsync(string provider, string connectionString)
    {
        if (provider == SqliteDatabase.Name)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            return;
        }

        if (provider == SqlServerDatabase.Name)
        {
            await SqlServerDatabases.DropAsync(connectionString);
            return;
        }

        await using (var own = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(own);
        }

        await AdministerAsync($"DROP DATABASE \"{new NpgsqlConnectionStringBuilder(connectionString).Database}\" WITH (FORCE)");
    }

    private static async Task<string> MakeSqliteAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("approvals-template-").FullName, "template.db");

        // Not pooled and back in one file, so that the copy is complete.
        var options = new DbContextOptionsBuilder<ApprovalsDbContext>();
        options.UseApprovalsSqlite($"Data Source={file};Pooling=False");
        await using var db = new ApprovalsDbContext(options.Options);
        await db.Database.MigrateAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return file;
    }

    private static async Task<string> MakePostgresAsync()
    {
        var connection = await NewPostgresAsync("template0");
        var options = new DbContextOptionsBuilder<ApprovalsDbContext>();
        options.UseApprovalsPostgreSql(connection + ";Pooling=False");
        await using var db = new ApprovalsDbContext(options.Options);
        await db.Database.MigrateAsync();
        return new NpgsqlConnectionStringBuilder(connection).Database!;
    }

    private static async Task<string> NewPostgresAsync(string template)
    {
        var name = $"test_{Guid.CreateVersion7():N}";

        // PostgreSQL copies a template only while nobody else is copying it.
        await Copying.WaitAsync();
        try
        {
            await AdministerAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        }
        finally
        {
            Copying.Release();
        }

        // A test of 200 acts at once waits for its turn on a slow machine, too.
        return new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 30, Timeout = 120 }.ToString();
    }

    private static async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
