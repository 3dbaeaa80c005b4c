using Approvals.Core.Data;
using Approvals.Data.PostgreSql;
using Approvals.Data.Sqlite;
using Approvals.Data.SqlServer;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.Databases;

/// <summary>The model of a database that is never connected to.</summary>
internal static class Offline
{
    public static ApprovalsDbContext Open(string provider, Action<DbContextOptionsBuilder>? more = null)
    {
        var options = new DbContextOptionsBuilder<ApprovalsDbContext>();
        _ = provider switch
        {
            SqliteDatabase.Name => options.UseApprovalsSqlite("Data Source=:memory:"),
            PostgreSqlDatabase.Name => options.UseApprovalsPostgreSql("Host=localhost"),
            SqlServerDatabase.Name => options.UseApprovalsSqlServer("Server=localhost"),
            _ => throw new ArgumentOutOfRangeException(nameof(provider)),
        };
        more?.Invoke(options);
        return new ApprovalsDbContext(options.Options);
    }
}
