using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Approvals.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DefinitionAuthorship : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PublishReason",
                table: "Definitions",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PublishedAt",
                table: "Definitions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PublishedBy",
                table: "Definitions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SavedAt",
                table: "Definitions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "SavedBy",
                table: "Definitions",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "PublishReason",
                table: "Definitions");

            migrationBuilder.DropColumn(
                name: "PublishedAt",
                table: "Definitions");

            migrationBuilder.DropColumn(
                name: "PublishedBy",
                table: "Definitions");

            migrationBuilder.DropColumn(
                name: "SavedAt",
                table: "Definitions");

            migrationBuilder.DropColumn(
                name: "SavedBy",
                table: "Definitions");
        }
    }
}
