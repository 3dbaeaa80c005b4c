using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Data.PostgreSql.Migrations
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
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    First = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Lines = table.Column<string>(type: "text", nullable: false)
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
                INSERT INTO "JournalBursts" ("InstanceId", "First", "At", "Lines")
                SELECT "InstanceId", MIN("Sequence"), MIN("At"), json_agg(json_build_object(
                    'node', "NodeId", 'type', "ActivityType", 'run', "ActivityRunId",
                    'events', json_build_array(json_build_object(
                        'n', "Sequence", 'event', "Event", 'ms', floor(extract(epoch FROM "At" - "Start") * 1000)::bigint,
                        'message', "Message", 'payload', "Payload"::json))) ORDER BY "Sequence")::text
                FROM (SELECT *, MIN("At") OVER (PARTITION BY "InstanceId") AS "Start" FROM "Journal") AS line
                GROUP BY "InstanceId";
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ActivityId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    ActivityRunId = table.Column<Guid>(type: "uuid", nullable: false),
                    ActivityType = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Event = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Message = table.Column<string>(type: "text", nullable: true),
                    NodeId = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Payload = table.Column<string>(type: "text", nullable: true),
                    Sequence = table.Column<int>(type: "integer", nullable: false)
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
