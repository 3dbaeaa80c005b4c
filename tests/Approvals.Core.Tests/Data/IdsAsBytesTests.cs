using Approvals.Core.Data;
using Approvals.Core.Tests.Compensation;
using Approvals.Core.Tests.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Approvals.Core.Tests.Data;

/// <summary>On SQLite ids were texts once: what such a database holds is the same after the upgrade.</summary>
public sealed class IdsAsBytesTests
{
    private const string Before = "20261126050000_LanguageOfPeople";
    private const string After = "20261126130204_IdsAsBytes";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_of_the_release_before_is_found_by_its_id_and_still_points_to_its_parent()
    {
        await using var kernel = await TestKernel.StartEmptyAsync("Sqlite");
        var (bureau, section) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await kernel.ReadAsync(async db =>
        {
            await db.GetService<IMigrator>().MigrateAsync(Before, Cancel);
            foreach (var (id, parent) in new[] { (bureau, (Guid?)null), (section, bureau) })
            {
                await db.Database.ExecuteSqlRawAsync(
                    """INSERT INTO "OrgUnits" ("Id", "ParentId", "Code", "Name", "Kind", "SortOrder") VALUES ({0}, {1}, {0}, 'X', 'Bureau', 1)""",
                    [Text(id), parent is { } above ? Text(above) : null!], Cancel);
            }

            await db.Database.MigrateAsync(Cancel);
            return true;
        });

        Assert.Equal(bureau, await kernel.ReadAsync(db => db.OrgUnits.Where(one => one.Id == section).Select(one => one.ParentId).SingleAsync(Cancel)));
        Assert.Equal([section], await kernel.ReadAsync(db => db.OrgUnits.Where(one => one.ParentId == bureau).Select(one => one.Id).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Down_and_up_again_leaves_every_table_of_a_used_database_as_it_was()
    {
        var desk = await ClaimDesk.StartAsync("Sqlite");
        await using var world = desk.World;
        var kernel = world.Kernel;
        await desk.AuditAsync(await desk.SubmittedAsync(ClaimDesk.Invoice(1, 3000m)));
        await kernel.ReadAsync(async db =>
        {
            var written = await DumpAsync(db);
            Assert.Contains(written, line => line.StartsWith("CaseEvents|", StringComparison.Ordinal));
            await db.GetService<IMigrator>().MigrateAsync(Before, Cancel);
            var asTexts = await DumpAsync(db);
            Assert.NotEqual(written, asTexts);
            Assert.DoesNotContain(asTexts, line => line.Contains("|X'", StringComparison.Ordinal) && line.StartsWith("Cases|", StringComparison.Ordinal));
            await db.GetService<IMigrator>().MigrateAsync(After, Cancel);
            Assert.Equal(written, await DumpAsync(db));
            Assert.Empty(await TextsAsync(db, "PRAGMA foreign_key_check"));
            return true;
        });

        // The guards of what is never changed stand again.
        foreach (var table in new[] { "AuditEntries", "CaseEvents", "Decisions", "EventLog" })
        {
            var refused = await Assert.ThrowsAsync<SqliteException>(
                () => kernel.ReadAsync(db => TextsAsync(db, $"UPDATE \"{table}\" SET rowid = rowid + 1000 RETURNING 'changed'")));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }
    }

    private static string Text(Guid id) => id.ToString().ToUpperInvariant();

    private static async Task<List<string>> DumpAsync(ApprovalsDbContext db)
    {
        var lines = new List<string>();
        foreach (var table in await TextsAsync(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name"))
        {
            var columns = await TextsAsync(db, $"SELECT name FROM pragma_table_info('{table}')");
            var row = string.Join(" || '|' || ", columns.Select(column => $"quote(\"{column}\")"));
            lines.AddRange(from line in await TextsAsync(db, $"SELECT {row} FROM \"{table}\"") orderby line select $"{table}|{line}");
        }

        return lines;
    }

    private static async Task<List<string>> TextsAsync(ApprovalsDbContext db, string sql)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await db.Database.OpenConnectionAsync(Cancel);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var texts = new List<string>();
        while (await reader.ReadAsync(Cancel))
            texts.Add(reader.GetString(0));
        return texts;
    }
}
