using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class EndedSubstitutions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "EndedAt",
                table: "Substitutions",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "EndedAt",
                table: "Substitutions");
        }
    }
}
