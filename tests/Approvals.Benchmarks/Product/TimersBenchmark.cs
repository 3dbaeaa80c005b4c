using System.Diagnostics;
using System.Globalization;
using Approvals.Benchmarks.Durable;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Timers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// After an outage 100,000 timers are due, each of an instance of its own that then runs to its end, while people use the inbox. Beside it
/// the same rows written by plain ADO.NET on a copy of the database, a few hundred of them measured and multiplied.
/// </summary>
internal static class TimersBenchmark
{
    private const int Timers = 100_000;
    private const int Sample = 400;
    private const double PagesPerSecond = 5;
    private const string Key = "sleeper";

    /// <summary>A JSON line for each figure.</summary>
    public static async Task<string> RunAsync()
    {
        var folder = await ProductHost.SeedAsync();
        var database = new ExistingDatabase(Path.Combine(folder, "approvals.db"));
        var bare = await FillAsync(folder, database);
        var clock = Stopwatch.StartNew();
        await using var host = await ProductHost.StartAsync(folder);
        var ready = clock.Elapsed;
        var person = await host.SignedInAsync("wangqiang");
        await person.GetStringAsync("/inbox");
        host.TakeServed("/inbox");
        var (served, seen, left) = (new List<double>(), new List<double>(), Timers);
        await using var connection = TaskRowsOfOthers.Connect(folder);
        await connection.OpenAsync();
        while (left > 0)
        {
            seen.AddRange(await ConstantArrival.RunAsync(PagesPerSecond, (int)PagesPerSecond * 2, _ => person.GetStringAsync("/inbox")));
            served.AddRange(host.TakeServed("/inbox"));
            left = Convert.ToInt32(
                await TaskRowsOfOthers.ScalarAsync(connection, """SELECT COUNT(*) FROM "Timers" WHERE "FiredAt" IS NULL AND "CancelledAt" IS NULL AND "DueAt" <= $now""",
                    ("$now", TimeProvider.System.GetUtcNow().UtcTicks)), CultureInfo.InvariantCulture);
        }

        clock.Stop();
        var cpu = host.Cpu;
        await CheckAsync(connection);
        SqliteConnection.ClearAllPools();
        return Figure.Line(
            "timers.catchup", clock.Elapsed.TotalSeconds, "s", bare.Wall * Timers / Sample,
            string.Create(CultureInfo.InvariantCulture, $"limit 120; {Timers:N0} timers, each resumes an instance that ends; counted from the start of the process, ready after {ready.TotalSeconds:0.0} s; CPU ")
            + string.Create(CultureInfo.InvariantCulture, $"{cpu.TotalSeconds:0.0} s, reference (the same rows by plain ADO.NET, {Sample} measured) {bare.Cpu * Timers / Sample:0.0} s; inbox meanwhile at {PagesPerSecond} a second: server p50 {served.At(50):0.0}, p95 {served.At(95):0.0} ms (limit 50), at the client p95 {seen.At(95):0.0} ms; {MachineLoad.Note}"));
    }

    /// <summary>An instance that waits for its timer, then as many as are wanted; and the reference on the way.</summary>
    private static async Task<(double Wall, double Cpu)> FillAsync(string folder, ExistingDatabase database)
    {
        var process = new TestProcess(Key)
            .Add("start", "Elsa.Start", "开始")
            .Add("wait", "Elsa.Delay", "等待", new { timeSpan = "00:30:00" })
            .Add("end", "Elsa.End", "结束")
            .Connect("start", "wait").Connect("wait", "end");
        (double, double) bare;
        await using (var kernel = await BenchKernel.StartAsync(database, process))
        {
            var (instance, bookmark, timer) = await kernel.CommitAsync(async (scope, unit) =>
            {
                var row = await scope.GetRequiredService<WorkflowHost>().StartAsync(Key, null, null, default);
                return (row.Id, unit.Db.Bookmarks.Local.Single().Id, Guid.Empty);
            });
            timer = await kernel.InScopeAsync(scope => scope.GetRequiredService<ApprovalsDbContext>().Timers
                .Where(row => row.BookmarkId == bookmark).Select(row => row.Id).SingleAsync());
            await MultiplyAsync(folder, (instance, bookmark, timer), 1, Sample);
            bare = await ReferenceAsync(kernel);
            await MultiplyAsync(folder, (instance, bookmark, timer), Sample + 1, Timers - Sample);
        }

        return bare;
    }

    private static async Task MultiplyAsync(string folder, (Guid Instance, Guid Bookmark, Guid Timer) row, int first, int count)
    {
        var ids = new Dictionary<Guid, string> { [row.Instance] = "0A000000", [row.Bookmark] = "0B000000", [row.Timer] = "0C000000" };
        var due = (TimeProvider.System.GetUtcNow().UtcTicks - TimeSpan.TicksPerDay).ToString(CultureInfo.InvariantCulture);
        await using var connection = TaskRowsOfOthers.Connect(folder);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await MultipliedRows.AddAsync(connection, "Instances", $"\"Id\" = {MultipliedRows.Literal(row.Instance)}", first, count, ids);
        await MultipliedRows.AddAsync(connection, "Bookmarks", $"\"Id\" = {MultipliedRows.Literal(row.Bookmark)}", first, count, ids);
        await MultipliedRows.AddAsync(
            connection, "Timers", $"\"Id\" = {MultipliedRows.Literal(row.Timer)}", first, count, ids, ("DueAt", $"{due} + n"));
        await transaction.CommitAsync();
        await TaskRowsOfOthers.ScalarAsync(connection, "ANALYZE");
    }

    private static async Task<(double Wall, double Cpu)> ReferenceAsync(BenchKernel kernel)
    {
        var copy = await kernel.Database.CopyAsync();
        var record = new RecordedWrites();
        await using (var recorded = await kernel.CopyAsync(record))
        {
            await recorded.InScopeAsync(async scope =>
            {
                foreach (var id in await scope.GetRequiredService<ApprovalsDbContext>().Timers.Where(row => row.DueAt < TimeProvider.System.GetUtcNow())
                    .Select(row => row.Id).ToListAsync())
                {
                    await scope.GetRequiredService<TimerSweep>().FireAsync(id, default);
                }

                return true;
            });
        }

        var (cpu, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        foreach (var transaction in record.Transactions.Take(Sample))
            RecordedWrites.Replay(copy.Connect(), transaction);
        return (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private static async Task CheckAsync(SqliteConnection connection)
    {
        var ended = await TaskRowsOfOthers.ScalarAsync(connection, $"""SELECT COUNT(*) FROM "Instances" WHERE "DefinitionId" = '{Key}' AND "SubStatus" = 'Finished'""");
        if (Convert.ToInt32(ended, CultureInfo.InvariantCulture) != Timers)
            throw new InvalidOperationException($"{ended} of {Timers} instances ended.");
    }
}
