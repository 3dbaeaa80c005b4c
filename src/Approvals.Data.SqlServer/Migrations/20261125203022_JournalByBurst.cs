using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class JournalByBurst : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "JournalBursts",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    First = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Lines = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalBursts", x => new { x.InstanceId, x.First });
                    table.ForeignKey(
                        name: "FK_JournalBursts_Instances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "Instances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            // What was written line by line is kept: one row holds all that an instance had done so far.
            migrationBuilder.Sql(
                """
                INSERT INTO [JournalBursts] ([InstanceId], [First], [At], [Lines])
                SELECT [whole].[InstanceId], [whole].[First], [whole].[Start],
                    (SELECT [line].[NodeId] AS [node], [line].[ActivityType] AS [type], LOWER([line].[ActivityRunId]) AS [run],
                        (SELECT [line].[Sequence] AS [n], [line].[Event] AS [event],
                            DATEDIFF_BIG(millisecond, [whole].[Start], [line].[At]) AS [ms],
                            [line].[Message] AS [message], JSON_QUERY([line].[Payload]) AS [payload] FOR JSON PATH) AS [events]
                    FROM [Journal] AS [line] WHERE [line].[InstanceId] = [whole].[InstanceId] ORDER BY [line].[Sequence] FOR JSON PATH)
                FROM (SELECT [InstanceId], MIN([Sequence]) AS [First], MIN([At]) AS [Start] FROM [Journal] GROUP BY [InstanceId]) AS [whole];
                """);
            migrationBuilder.DropTable(name: "Journal");
        }

        /// <summary>Going back loses the journal.</summary>
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "JournalBursts");

            migrationBuilder.CreateTable(
                name: "Journal",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ActivityId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ActivityRunId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ActivityType = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Event = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Message = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    NodeId = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    Payload = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Sequence = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Journal", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Journal_Instances_InstanceId",
                        column: x => x.InstanceId,
                        principalTable: "Instances",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Journal_InstanceId_Sequence",
                table: "Journal",
                columns: new[] { "InstanceId", "Sequence" },
                unique: true);
        }
    }
}
