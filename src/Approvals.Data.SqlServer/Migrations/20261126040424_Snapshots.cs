using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Approvals.Data.SqlServer.Migrations;

/// <summary>
/// Allows transactions that read one state of the whole database, as the check of all records does. Goes on beside running work; reading
/// single statements from row versions must be set before, see StartTurn.
/// </summary>
[DbContext(typeof(ApprovalsDbContext))]
[Migration("20261126040424_Snapshots")]
public sealed class Snapshots : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;", suppressTransaction: true);

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION OFF;", suppressTransaction: true);
}
