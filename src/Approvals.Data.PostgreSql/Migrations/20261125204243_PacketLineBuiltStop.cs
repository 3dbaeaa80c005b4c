using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class PacketLineBuiltStop : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "BuiltStop",
                table: "PacketLines",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "BuiltStop",
                table: "PacketLines");
        }
    }
}
