using System.Globalization;
using Approvals.Core.Data;
using Approvals.Core.DryRuns;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// What a commander appointment that has come to its end leaves in the database: the process is played by a dry run, which is the product
/// on a database of its own, and the size of that database is compared with and without the rows of the case.
/// </summary>
internal static class DiskBenchmark
{
    /// <summary>Small pages, so that half-filled ones weigh little.</summary>
    private const int PageSize = 512;

    /// <summary>What was copied into the sandbox before the case began.</summary>
    private static readonly string[] Given =
    [
        "People", "OrgUnits", "Positions", "RoleAssignments", "Substitutions", "Definitions", "ProcessFiles", "Parameters", "CalendarDays",
        "Accounts", "AccountLogins", "AccountTokens", "AccountClaims", "__EFMigrationsHistory", "DataProtectionKeys",
    ];

    /// <summary>One JSON line.</summary>
    public static async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("approvals-bench-").FullName;
        var measured = new Measured();
        await using (var factory = new WebApplicationFactory<Approvals.Web.Pages.ErrorModel>().WithWebHostBuilder(builder => builder
            .UseSolutionRelativeContentRoot("src/Approvals.Web").UseEnvironment("Development").UseSetting("Data:Folder", folder)
            .UseSetting("Serilog:MinimumLevel:Default", "Error").UseSetting("Serilog:MinimumLevel:Override:Microsoft", "Error")
            .ConfigureTestServices(services =>
            {
                var real = services.Single(service => service.ServiceType == typeof(IDryRunSandboxes)).ImplementationType!;
                services.AddSingleton<IDryRunSandboxes>(provider =>
                    new Watched((IDryRunSandboxes)ActivatorUtilities.CreateInstance(provider, real), measured));
            })))
        {
            await using var scope = factory.Services.CreateAsyncScope();
            var simulate = scope.ServiceProvider.GetRequiredService<SimulateProcess>();
            var tried = await simulate.FindAsync(new DryRunSubject("commander-appointment"), default);
            var report = await simulate.RunAsync(tried!, new DryRunAnswers(), Path.Combine(folder, "out"), null, default);
            if (report.End != DryRunEnd.Finished)
                throw new InvalidOperationException($"The appointment ended as {report.End}: {report.Problem}");
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return Figure.Line(
            "disk.case", measured.Appointment / 1024.0, "KB in the database", measured.Bare / 1024.0,
            "limit 16; a finished commander appointment with steps, tasks, decisions, history, journal, findings, notice, "
            + $"documents, certificates, messages, timers, audit; with the cases it starts {measured.All / 1024.0:0.0} KB; "
            + $"reference: the bare values of the same {measured.Rows} rows, without keys, indexes and pages, "
            + $"{measured.Signed / 1024.0:0.0} KB of them the JSON of what was signed; files left out; "
            + $"tables: {measured.Largest}; SQLite pages of {PageSize} bytes");
    }

    private sealed class Measured
    {
        public long All { get; set; }

        public long Appointment { get; set; }

        /// <summary>Bytes of the values in the appointment's rows, numbers as their digits.</summary>
        public long Bare { get; private set; }

        public long Rows { get; private set; }

        /// <summary>Those that are the JSON of what was signed.</summary>
        public long Signed { get; private set; }

        public string Largest { get; set; } = "";

        public async Task MeasureAsync(string database)
        {
            var copy = database + ".measured";
            await using (var original = new SqliteConnection($"Data Source={database};Pooling=False"))
            {
                await original.OpenAsync();
                await RunAsync(original, $"VACUUM INTO '{copy}'");
            }

            await using var connection = new SqliteConnection($"Data Source={copy};Pooling=False;Foreign Keys=False");
            await connection.OpenAsync();
            await RunAsync(connection, $"PRAGMA journal_mode = DELETE; PRAGMA page_size = {PageSize}");
            var whole = await SizeAsync(connection);
            var tables = await TextsAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
            foreach (var trigger in await TextsAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger'"))
                await RunAsync(connection, $"DROP TRIGGER \"{trigger}\"");
            await DropOtherCasesAsync(connection, tables.Except(Given));
            var appointment = await SizeAsync(connection);
            var sizes = new List<(string Table, long Bytes)>();
            var before = appointment;
            Signed = await NumberAsync(connection, """SELECT TOTAL(LENGTH(CAST("Shown" AS BLOB))) FROM "Decisions" """);
            foreach (var table in tables.Except(Given))
            {
                Rows += await NumberAsync(connection, $"SELECT COUNT(*) FROM \"{table}\"");
                Bare += await ValuesAsync(connection, table);
                await RunAsync(connection, $"DELETE FROM \"{table}\"");
                var after = await SizeAsync(connection);
                sizes.Add((table, before - after));
                before = after;
            }

            (All, Appointment) = (whole - before, appointment - before);
            Largest = string.Join(", ", sizes.Where(one => one.Bytes > 0).OrderByDescending(one => one.Bytes).Take(10)
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Table} {one.Bytes / 1024.0:0.0}")));
        }

        /// <summary>
        /// The appointment starts cases of its own. Their rows go by the case or the instance they name; rows that have no such column, as
        /// those of the audit and the outbox, go when one of their texts names a row that went.
        /// </summary>
        private static async Task DropOtherCasesAsync(SqliteConnection connection, IEnumerable<string> tables)
        {
            var cases = await IdsAsync(connection, """SELECT "Id" FROM "Cases" WHERE "ProcessKey" <> 'commander-appointment'""");
            var instances = await IdsAsync(connection, $"""SELECT "Id" FROM "Instances" WHERE "CaseId" IN ({Listed(cases)})""");
            var gone = cases.Concat(instances).ToHashSet();
            var rest = new List<(string Table, List<string> Columns)>();
            foreach (var table in tables.Where(table => table is not "Cases"))
            {
                var columns = await TextsAsync(connection, $"SELECT name FROM pragma_table_info('{table}')");
                var owners = new[] { ("CaseId", Listed(cases)), ("InstanceId", Listed(instances)) }.Where(one => columns.Contains(one.Item1)).ToList();
                if (owners.Count == 0)
                    rest.Add((table, columns));
                foreach (var (owner, ids) in owners)
                {
                    if (columns.Contains("Id"))
                        gone.UnionWith(await IdsAsync(connection, $"SELECT \"Id\" FROM \"{table}\" WHERE \"{owner}\" IN ({ids})"));
                    await RunAsync(connection, $"DELETE FROM \"{table}\" WHERE \"{owner}\" IN ({ids})");
                }
            }

            await RunAsync(connection, $"""DELETE FROM "Cases" WHERE "Id" IN ({Listed(cases)})""");
            foreach (var (table, columns) in rest)
            {
                var texts = string.Join(" || ' ' || ", columns.Select(column => $"COALESCE(CAST(\"{column}\" AS TEXT), '')"));
                foreach (var id in gone)
                {
                    var isNamed = string.Concat(columns.Select(column => $" OR \"{column}\" = X'{id:N}'"));
                    await RunAsync(connection, $"DELETE FROM \"{table}\" WHERE ({texts}) LIKE '%{id}%'{isNamed}");
                }
            }
        }

        private static string Listed(IEnumerable<Guid> ids) => string.Join(", ", ids.Select(id => $"X'{id:N}'"));

        /// <summary>Those of the values that are ids, which are bytes; other tables count their rows.</summary>
        private static async Task<List<Guid>> IdsAsync(SqliteConnection connection, string sql) =>
            [.. (await TextsAsync(connection, $"SELECT hex(\"Id\") FROM ({sql}) WHERE typeof(\"Id\") = 'blob'")).Select(text => Guid.ParseExact(text, "N"))];

        private static async Task<long> ValuesAsync(SqliteConnection connection, string table)
        {
            var columns = await TextsAsync(connection, $"SELECT name FROM pragma_table_info('{table}')");
            var lengths = string.Join(" + ", columns.Select(column => $"COALESCE(LENGTH(CAST(\"{column}\" AS BLOB)), 0)"));
            return await NumberAsync(connection, $"SELECT TOTAL({lengths}) FROM \"{table}\"");
        }

        private static async Task<long> SizeAsync(SqliteConnection connection)
        {
            await RunAsync(connection, "VACUUM");
            return await NumberAsync(connection, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()");
        }

        private static async Task<long> NumberAsync(SqliteConnection connection, string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }

        private static async Task RunAsync(SqliteConnection connection, string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }

        private static async Task<List<string>> TextsAsync(SqliteConnection connection, string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            var texts = new List<string>();
            while (await reader.ReadAsync())
                texts.Add(reader.GetString(0));
            return texts;
        }
    }

    private sealed class Watched(IDryRunSandboxes real, Measured measured) : IDryRunSandboxes
    {
        public async Task<DryRunSandbox> OpenAsync(VirtualClock clock, CancellationToken cancellationToken) =>
            new WatchedSandbox(await real.OpenAsync(clock, cancellationToken), measured);
    }

    private sealed class WatchedSandbox(DryRunSandbox real, Measured measured) : DryRunSandbox
    {
        public override IServiceProvider Services => real.Services;

        public override async ValueTask DisposeAsync()
        {
            await using (var scope = Services.CreateAsyncScope())
            {
                var connection = scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>().Database.GetConnectionString();
                await measured.MeasureAsync(new SqliteConnectionStringBuilder(connection).DataSource);
            }

            await real.DisposeAsync();
        }
    }
}
