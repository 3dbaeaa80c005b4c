using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Integrity;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Faults;

/// <summary>What the tests of faults ask after every blow.</summary>
internal static class Wholeness
{
    /// <summary>Every invariant of the product holds.</summary>
    public static async Task WholeAsync(this TestKernel kernel, string after)
    {
        var report = await kernel.InScopeAsync(
            scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(TestContext.Current.CancellationToken));
        Assert.True(report.IsWhole, $"After {after}:\n{string.Join('\n', report.Violations)}");
    }

    /// <summary>Rows of each table: what was given up left nothing behind.</summary>
    public static Task<SortedDictionary<string, long>> RowsAsync(this TestKernel kernel) => kernel.ReadAsync(async db =>
    {
        var tables = db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct().ToList();
        var sql = string.Join(" UNION ALL ", tables.Select(table => $"SELECT '{table}' AS \"Name\", CAST(COUNT(*) AS BIGINT) AS \"Rows\" FROM \"{table}\""));
        var rows = await db.Database.SqlQueryRaw<Count>(sql).ToListAsync();
        return new SortedDictionary<string, long>(rows.ToDictionary(row => row.Name, row => row.Rows), StringComparer.Ordinal);
    });

    /// <summary>A hash of all rows of each table: a fault that changed one value is seen, not only one that left a row.</summary>
    public static Task<SortedDictionary<string, string>> ContentAsync(this TestKernel kernel) => kernel.ReadAsync(async db =>
    {
        var content = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(string.Join('\u001f', Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))));
            rows.Sort(StringComparer.Ordinal);
            content[table] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))));
        }

        return content;
    });

    private static string? Text(object value) =>
        value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Count(string Name, long Rows);
}
