using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Insurance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "ScanId",
                table: "InsurancePolicies",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "InsuranceClaims",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    PolicyId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CommanderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    MissionId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AccidentOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Injury = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    ClaimedSum = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Decision = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    DecidedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    DecidedSum = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: true),
                    PaidSum = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: true),
                    PaidOn = table.Column<DateOnly>(type: "date", nullable: true),
                    RecordedById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    RowVersion = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InsuranceClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InsuranceClaims_Commanders_CommanderId",
                        column: x => x.CommanderId,
                        principalTable: "Commanders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_InsuranceClaims_InsurancePolicies_PolicyId",
                        column: x => x.PolicyId,
                        principalTable: "InsurancePolicies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "InsuranceMembers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CaseId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CommanderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Gap = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CoveredUntil = table.Column<DateOnly>(type: "date", nullable: true),
                    LeftOutReason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InsuranceMembers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InsuranceMembers_Cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "Cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_InsuranceMembers_Commanders_CommanderId",
                        column: x => x.CommanderId,
                        principalTable: "Commanders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "InsuranceClaimFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ClaimId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FileId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FileName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    GivenById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    GivenAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InsuranceClaimFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InsuranceClaimFiles_InsuranceClaims_ClaimId",
                        column: x => x.ClaimId,
                        principalTable: "InsuranceClaims",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_InsurancePolicies_PolicyNumber",
                table: "InsurancePolicies",
                column: "PolicyNumber");

            migrationBuilder.CreateIndex(
                name: "IX_InsuranceClaimFiles_ClaimId",
                table: "InsuranceClaimFiles",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_InsuranceClaims_CommanderId_AccidentOn",
                table: "InsuranceClaims",
                columns: new[] { "CommanderId", "AccidentOn" });

            migrationBuilder.CreateIndex(
                name: "IX_InsuranceClaims_Number",
                table: "InsuranceClaims",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InsuranceClaims_PolicyId",
                table: "InsuranceClaims",
                column: "PolicyId");

            migrationBuilder.CreateIndex(
                name: "IX_InsuranceMembers_CaseId_CommanderId",
                table: "InsuranceMembers",
                columns: new[] { "CaseId", "CommanderId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InsuranceMembers_CommanderId",
                table: "InsuranceMembers",
                column: "CommanderId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "InsuranceClaimFiles");

            migrationBuilder.DropTable(
                name: "InsuranceMembers");

            migrationBuilder.DropTable(
                name: "InsuranceClaims");

            migrationBuilder.DropIndex(
                name: "IX_InsurancePolicies_PolicyNumber",
                table: "InsurancePolicies");

            migrationBuilder.DropColumn(
                name: "ScanId",
                table: "InsurancePolicies");
        }
    }
}
