using Approvals.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace Approvals.Data.Sqlite;

/// <summary>How the model is kept on this database.</summary>
public static class SqliteDatabase
{
    /// <summary>Name in the configuration's <c>Database:Provider</c>.</summary>
    public const string Name = "Sqlite";

    /// <summary>Chooses this database and its migrations.</summary>
    public static DbContextOptionsBuilder UseApprovalsSqlite(this DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseSqlite(Complete(connectionString), sqlite => sqlite.MigrationsAssembly(typeof(SqliteDatabase).Assembly.GetName().Name))
            .ReplaceService<IModificationCommandBatchFactory, BatchedCommands>()
            .ReplaceService<ICommandBatchPreparer, RankedCommands>()
            .ReplaceService<IRelationalCommandBuilderFactory, PreparedCommands>()
            .KeepConnections()
            .AddInterceptors(new ConnectionSettings())
            .AddInterceptors(new SaveGuards());

    /// <summary>Foreign keys are checked, and pages are shared between no connections (the default), so that readers never block.</summary>
    private static string Complete(string connectionString) =>
        new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true }.ToString();
}
