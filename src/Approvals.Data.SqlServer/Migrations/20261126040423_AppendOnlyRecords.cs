using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Approvals.Data.SqlServer.Migrations;

/// <summary>
/// The database itself refuses to change or delete audit entries, decisions, the history and comments of a case, what was written on the
/// scene, and draws. Whoever may alter the schema can drop this guard; the hash chain and its checkpoints then show what
/// they did.
/// </summary>
[DbContext(typeof(ApprovalsDbContext))]
[Migration("20261126040423_AppendOnlyRecords")]
public sealed class AppendOnlyRecords : Migration
{
    private static readonly string[] Tables =
    [
        "AuditEntries", "Decisions", "CaseEvents", "CaseComments", "EventLog", "DrawRecords", "DrawRefusals",
    ];

    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            // EXEC, for a trigger must be the first statement of its batch.
            migrationBuilder.Sql(
                $"""
                EXEC(N'CREATE TRIGGER [{table}_append_only] ON [{table}] INSTEAD OF UPDATE, DELETE AS
                THROW 50001, ''{table} is append-only'', 1;');
                """);
        }
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"DROP TRIGGER [{table}_append_only];");
        }
    }
}
