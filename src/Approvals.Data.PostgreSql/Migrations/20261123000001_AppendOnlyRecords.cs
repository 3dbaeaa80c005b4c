using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Approvals.Data.PostgreSql.Migrations;

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
        migrationBuilder.Sql(
            """
            CREATE FUNCTION approvals_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
            """);
        foreach (var table in Tables)
        {
            migrationBuilder.Sql(
                $"""
                CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}"
                FOR EACH STATEMENT EXECUTE FUNCTION approvals_append_only();
                """);
        }
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"DROP TRIGGER append_only ON \"{table}\";");
        }

        migrationBuilder.Sql("DROP FUNCTION approvals_append_only();");
    }
}
