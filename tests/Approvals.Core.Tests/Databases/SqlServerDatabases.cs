using Approvals.Core.Data;
using Approvals.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.Databases;

/// <summary>
/// Databases on a real SQL Server, for whoever has one: each test gets its own and brings it to the model itself, for SQL Server copies
/// no database as fast as PostgreSQL does. The account must be able to make databases.
/// </summary>
internal static class SqlServerDatabases
{
    /// <summary>Connection string of a server, without a database.</summary>
    public const string Variable = "APPROVALS_TEST_SQLSERVER";

    /// <summary>The server; null when none is to be tested.</summary>
    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    /// <summary>Statements that make a database as the product's own start makes one.</summary>
    public static string Create(string name) =>
        $"CREATE DATABASE [{name}]; ALTER DATABASE [{name}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;";

    /// <summary>Statements that take it away, whoever is still connected.</summary>
    public static string Drop(string name) =>
        $"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}];";

    /// <summary>Makes an empty database, not migrated.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> EmptyAsync()
    {
        var name = $"test_{Guid.CreateVersion7():N}";
        await AdministerAsync(Create(name));
        return new SqlConnectionStringBuilder(Server) { InitialCatalog = name, MaxPoolSize = 30, ConnectTimeout = 120 }.ToString();
    }

    /// <summary>Makes a migrated database.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> MigratedAsync()
    {
        var connection = await EmptyAsync();
        var options = new DbContextOptionsBuilder<ApprovalsDbContext>();
        options.UseApprovalsSqlServer(connection);
        await using var db = new ApprovalsDbContext(options.Options);
        await db.Database.MigrateAsync();
        return connection;
    }

    /// <summary>Takes a database away.</summary>
    public static async Task DropAsync(string connectionString)
    {
        await using (var own = new SqlConnection(connectionString))
        {
            SqlConnection.ClearPool(own);
        }

        await AdministerAsync(Drop(new SqlConnectionStringBuilder(connectionString).InitialCatalog));
    }

    private static async Task AdministerAsync(string sql)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(Server) { InitialCatalog = "master", Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
