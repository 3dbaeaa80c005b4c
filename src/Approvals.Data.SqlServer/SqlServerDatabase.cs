using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Data.SqlServer;

/// <summary>How the model is kept on this database.</summary>
public static class SqlServerDatabase
{
    /// <summary>Name in the configuration's <c>Database:Provider</c>.</summary>
    public const string Name = "SqlServer";

    /// <summary>Chooses this database and its migrations.</summary>
    public static DbContextOptionsBuilder UseApprovalsSqlServer(this DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseSqlServer(connectionString, server => server.MigrationsAssembly(typeof(SqlServerDatabase).Assembly.GetName().Name))
            .AddInterceptors(new SaveGuards());
}
