using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SharedActs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "AddedById",
                table: "Tasks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AddedForTaskId",
                table: "Tasks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AddedPlace",
                table: "Tasks",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CaseComments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AuthorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AuthorName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    IsInternal = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseComments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CaseComments_Cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "Cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_AddedForTaskId",
                table: "Tasks",
                column: "AddedForTaskId",
                filter: "\"AddedForTaskId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CaseComments_CaseId_Id",
                table: "CaseComments",
                columns: new[] { "CaseId", "Id" });

            // The database itself refuses to change a comment.
            foreach (var change in new[] { "UPDATE", "DELETE" })
            {
                migrationBuilder.Sql(
                    $"""
                    CREATE TRIGGER "CaseComments_no_{change}" BEFORE {change} ON "CaseComments"
                    BEGIN SELECT RAISE(ABORT, 'CaseComments is append-only'); END;
                    """);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CaseComments");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_AddedForTaskId",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "AddedById",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "AddedForTaskId",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "AddedPlace",
                table: "Tasks");
        }
    }
}
