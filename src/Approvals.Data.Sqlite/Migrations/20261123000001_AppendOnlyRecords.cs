using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Approvals.Data.Sqlite.Migrations;

/// <summary>
/// The database itself refuses to change or delete audit entries, decisions and the history of a case. Whoever may alter the schema can
/// drop this guard; the hash chain and its checkpoints then show what they did.
/// </summary>
[DbContext(typeof(ApprovalsDbContext))]
[Migration("20261123000001_AppendOnlyRecords")]
public sealed class AppendOnlyRecords : Migration
{
    private static readonly string[] Tables = ["AuditEntries", "Decisions", "CaseEvents"];

    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            foreach (var change in new[] { "UPDATE", "DELETE" })
            {
                migrationBuilder.Sql(
                    $"""
                    CREATE TRIGGER "{table}_no_{change}" BEFORE {change} ON "{table}"
                    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
                    """);
            }
        }
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            foreach (var change in new[] { "UPDATE", "DELETE" })
            {
                migrationBuilder.Sql($"DROP TRIGGER \"{table}_no_{change}\";");
            }
        }
    }
}
