using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Approvals.Data.Sqlite;

/// <summary>Lets <c>dotnet ef</c> work on this project alone; the database is never opened.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<ApprovalsDbContext>
{
    /// <inheritdoc />
    public ApprovalsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ApprovalsDbContext>();
        options.UseApprovalsSqlite("Data Source=design.db");
        return new ApprovalsDbContext(options.Options);
    }
}
