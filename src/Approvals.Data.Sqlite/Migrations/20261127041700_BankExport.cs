using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class BankExport : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ExportedAt",
                table: "PacketLines",
                type: "INTEGER",
                nullable: true);

            // Which lines were handed to the bank before this was noted nobody knows. Those of packets that finance has taken over count as
            // handed over then: one that waits for the bank in vain is marked by hand, one that is paid twice is money lost.
            migrationBuilder.Sql(
                "UPDATE \"PacketLines\" SET \"ExportedAt\" = "
                + "(SELECT \"AcknowledgedAt\" FROM \"Packets\" WHERE \"Packets\".\"Id\" = \"PacketLines\".\"PacketId\") "
                + "WHERE \"BuiltStop\" IS NULL AND \"AccountId\" IS NOT NULL AND CAST(\"Amount\" AS REAL) > 0;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ExportedAt",
                table: "PacketLines");
        }
    }
}
