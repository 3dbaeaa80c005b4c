using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Payouts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Packets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Programme = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ProgrammeName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    PeriodFrom = table.Column<string>(type: "nvarchar(7)", maxLength: 7, nullable: false),
                    PeriodUntil = table.Column<string>(type: "nvarchar(7)", maxLength: 7, nullable: false),
                    LineCount = table.Column<int>(type: "int", nullable: false),
                    Total = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    PayableCount = table.Column<int>(type: "int", nullable: false),
                    PayableTotal = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    ContentHash = table.Column<string>(type: "varchar(64)", unicode: false, maxLength: 64, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    CreatedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Stage = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    RenderedLines = table.Column<int>(type: "int", nullable: false),
                    ReadyAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    AcknowledgedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    AcknowledgedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    RowVersion = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Packets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Payees",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    IdentityNumber = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OrgUnitId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    RowVersion = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Payees", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BankResults",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PacketId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FileName = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    FileId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UploadedById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UploadedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    AppliedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    AppliedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    PaidCount = table.Column<int>(type: "int", nullable: false),
                    FailedCount = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankResults", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BankResults_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_BankResults_Packets_PacketId",
                        column: x => x.PacketId,
                        principalTable: "Packets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PacketFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PacketId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    FileId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Sha256 = table.Column<string>(type: "varchar(64)", unicode: false, maxLength: 64, nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PacketFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PacketFiles_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PacketFiles_Packets_PacketId",
                        column: x => x.PacketId,
                        principalTable: "Packets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PayeeAccounts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PayeeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Holder = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    SealedNumber = table.Column<string>(type: "varchar(500)", unicode: false, maxLength: 500, nullable: false),
                    Fingerprint = table.Column<string>(type: "varchar(64)", unicode: false, maxLength: 64, nullable: false),
                    LastFour = table.Column<string>(type: "varchar(4)", unicode: false, maxLength: 4, nullable: false),
                    BankName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    BankCode = table.Column<string>(type: "varchar(12)", unicode: false, maxLength: 12, nullable: true),
                    ValidFrom = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    EnteredById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ConfirmedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ConfirmedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    VerifiedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    VerifiedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ReplacesId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ReplacedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PayeeAccounts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PayeeAccounts_Payees_PayeeId",
                        column: x => x.PayeeId,
                        principalTable: "Payees",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PacketLines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PacketId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Sequence = table.Column<int>(type: "int", nullable: false),
                    RootLineId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CorrectsLineId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ReplacedByLineId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    PayeeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PayeeKind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    PayeeName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    IdentityNumber = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    AccountId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AccountHolder = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    AccountLastFour = table.Column<string>(type: "varchar(4)", unicode: false, maxLength: 4, nullable: true),
                    BankName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    BankCode = table.Column<string>(type: "varchar(12)", unicode: false, maxLength: 12, nullable: true),
                    Amount = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    Purpose = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    StopReason = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    StateNote = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    StateAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    StateById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    BankReference = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    RowVersion = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PacketLines", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PacketLines_PacketLines_CorrectsLineId",
                        column: x => x.CorrectsLineId,
                        principalTable: "PacketLines",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PacketLines_Packets_PacketId",
                        column: x => x.PacketId,
                        principalTable: "Packets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PacketLines_PayeeAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "PayeeAccounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PacketLines_Payees_PayeeId",
                        column: x => x.PayeeId,
                        principalTable: "Payees",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Entitlements",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Programme = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ProgrammeName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Period = table.Column<string>(type: "nvarchar(7)", maxLength: 7, nullable: false),
                    CaseId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CaseNumber = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    PayeeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Amount = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    Working = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Basis = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ReversesId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true),
                    ClaimedById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ApprovedById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DecisionId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ApprovedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    LineId = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Entitlements", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Entitlements_Cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "Cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Entitlements_Entitlements_ReversesId",
                        column: x => x.ReversesId,
                        principalTable: "Entitlements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Entitlements_PacketLines_LineId",
                        column: x => x.LineId,
                        principalTable: "PacketLines",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Entitlements_Payees_PayeeId",
                        column: x => x.PayeeId,
                        principalTable: "Payees",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PersonDays",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PayeeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    Half = table.Column<int>(type: "int", nullable: false),
                    EntitlementId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ReleasedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonDays", x => x.Id);
                    table.CheckConstraint("CK_PersonDays_Half", "\"Half\" IN (1, 2)");
                    table.ForeignKey(
                        name: "FK_PersonDays_Entitlements_EntitlementId",
                        column: x => x.EntitlementId,
                        principalTable: "Entitlements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PersonDays_Payees_PayeeId",
                        column: x => x.PayeeId,
                        principalTable: "Payees",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_BankResults_FileId",
                table: "BankResults",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_BankResults_PacketId",
                table: "BankResults",
                column: "PacketId");

            migrationBuilder.CreateIndex(
                name: "IX_Entitlements_CaseId",
                table: "Entitlements",
                column: "CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_Entitlements_Key",
                table: "Entitlements",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Entitlements_LineId",
                table: "Entitlements",
                column: "LineId");

            migrationBuilder.CreateIndex(
                name: "IX_Entitlements_Number",
                table: "Entitlements",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Entitlements_PayeeId_ApprovedAt",
                table: "Entitlements",
                columns: new[] { "PayeeId", "ApprovedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Entitlements_Programme_Period",
                table: "Entitlements",
                columns: new[] { "Programme", "Period" });

            migrationBuilder.CreateIndex(
                name: "IX_Entitlements_ReversesId",
                table: "Entitlements",
                column: "ReversesId",
                unique: true,
                filter: "[ReversesId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Entitlements_Waiting",
                table: "Entitlements",
                columns: new[] { "Programme", "Period" },
                filter: "\"LineId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PacketFiles_FileId",
                table: "PacketFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_PacketFiles_PacketId_Kind",
                table: "PacketFiles",
                columns: new[] { "PacketId", "Kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PacketLines_AccountId",
                table: "PacketLines",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_PacketLines_CorrectsLineId",
                table: "PacketLines",
                column: "CorrectsLineId",
                unique: true,
                filter: "[CorrectsLineId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PacketLines_PacketId_Sequence",
                table: "PacketLines",
                columns: new[] { "PacketId", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PacketLines_PayeeId",
                table: "PacketLines",
                column: "PayeeId");

            migrationBuilder.CreateIndex(
                name: "IX_PacketLines_RootLineId",
                table: "PacketLines",
                column: "RootLineId");

            migrationBuilder.CreateIndex(
                name: "IX_PacketLines_State",
                table: "PacketLines",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Packets_CreatedAt",
                table: "Packets",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Packets_Number",
                table: "Packets",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Packets_Programme_PeriodFrom",
                table: "Packets",
                columns: new[] { "Programme", "PeriodFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_PayeeAccounts_Current",
                table: "PayeeAccounts",
                column: "PayeeId",
                unique: true,
                filter: "\"ReplacedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PayeeAccounts_Fingerprint",
                table: "PayeeAccounts",
                column: "Fingerprint");

            migrationBuilder.CreateIndex(
                name: "IX_PayeeAccounts_PayeeId_ValidFrom",
                table: "PayeeAccounts",
                columns: new[] { "PayeeId", "ValidFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_Payees_IdentityNumber",
                table: "Payees",
                column: "IdentityNumber",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Payees_OrgUnitId",
                table: "Payees",
                column: "OrgUnitId");

            migrationBuilder.CreateIndex(
                name: "IX_Payees_PersonId",
                table: "Payees",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_PersonDays_EntitlementId",
                table: "PersonDays",
                column: "EntitlementId");

            migrationBuilder.CreateIndex(
                name: "IX_PersonDays_PayeeId_Date_Half",
                table: "PersonDays",
                columns: new[] { "PayeeId", "Date", "Half" },
                unique: true,
                filter: "\"ReleasedById\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BankResults");

            migrationBuilder.DropTable(
                name: "PacketFiles");

            migrationBuilder.DropTable(
                name: "PersonDays");

            migrationBuilder.DropTable(
                name: "Entitlements");

            migrationBuilder.DropTable(
                name: "PacketLines");

            migrationBuilder.DropTable(
                name: "Packets");

            migrationBuilder.DropTable(
                name: "PayeeAccounts");

            migrationBuilder.DropTable(
                name: "Payees");
        }
    }
}
