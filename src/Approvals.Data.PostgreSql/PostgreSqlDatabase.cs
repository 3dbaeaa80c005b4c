using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Approvals.Data.PostgreSql;

/// <summary>How the model is kept on this database.</summary>
public static class PostgreSqlDatabase
{
    /// <summary>Name in the configuration's <c>Database:Provider</c>.</summary>
    public const string Name = "PostgreSql";

    /// <summary>Chooses this database and its migrations.</summary>
    public static DbContextOptionsBuilder UseApprovalsPostgreSql(this DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseNpgsql(connectionString, postgres => postgres.MigrationsAssembly(typeof(PostgreSqlDatabase).Assembly.GetName().Name))
            // DatabaseMigrator locks the tables first and migrates in the same transaction.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MigrationsUserTransactionWarning))
            .AddInterceptors(new SaveGuards());
}
