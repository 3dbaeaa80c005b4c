using System.Diagnostics;
using System.Globalization;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Tests.Cases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Durable;

/// <summary>The same approvals on a young database and, in turns of the same run, on one with 100 definition versions and 100,000 instances.</summary>
internal static class AgedBenchmark
{
    private const int Cases = 300;
    private const int WarmUp = 100;
    private const int Turn = 20;
    private const int Versions = 100;
    private const int Instances = 100_000;

    /// <summary>One JSON line.</summary>
    public static async Task<string> RunAsync()
    {
        var folders = new[] { Directory.CreateTempSubdirectory("approvals-bench-").FullName, Directory.CreateTempSubdirectory("approvals-bench-").FullName };
        await using var young = await StartAsync(folders[0], isAged: false);
        await using var aged = await StartAsync(folders[1], isAged: true);
        var sides = new[] { (Kernel: young, Clock: new Stopwatch(), Cpu: new List<double>()), (aged, new Stopwatch(), []) };
        foreach (var signer in new[] { ApprovalsBenchmark.Head, ApprovalsBenchmark.Leader })
        {
            var requests = new List<List<DecideRequest>>();
            foreach (var side in sides)
                requests.Add(await ApprovalsBenchmark.RequestsAsync(side.Kernel, signer));
            for (var first = 0; first < Cases; first += Turn)
            {
                for (var side = 0; side < sides.Length; side++)
                {
                    var (kernel, clock, cpus) = sides[side];
                    var cpu = Environment.CpuUsage.TotalTime;
                    if (first >= WarmUp)
                        clock.Start();
                    foreach (var request in requests[side].Skip(first).Take(Turn))
                        await ApprovalsBenchmark.ApproveAsync(kernel, signer, request);
                    clock.Stop();
                    if (first >= WarmUp)
                        cpus.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / Turn);
                }
            }
        }

        const int approvals = 2 * (Cases - WarmUp);
        var (youngCpu, agedCpu) = (sides[0].Cpu.Average(), sides[1].Cpu.Average());
        SqliteConnection.ClearAllPools();
        foreach (var folder in folders)
            Directory.Delete(folder, recursive: true);
        return Figure.Line(
            "aged", agedCpu, "ms CPU an approval", youngCpu,
            string.Create(CultureInfo.InvariantCulture, $"limit 1.1 of the reference, the same approvals on a young database; wall {sides[1].Clock.Elapsed.TotalMilliseconds / approvals:0.00} ms beside {sides[0].Clock.Elapsed.TotalMilliseconds / approvals:0.00} ms; {Versions} definition versions, {Instances:N0} finished instances with their cases, steps, tasks, decisions and history; SQLite; {MachineLoad.Note}"));
    }

    private static async Task<BenchKernel> StartAsync(string folder, bool isAged)
    {
        var kernel = await BenchKernel.StartAsync(new ExistingDatabase(Path.Combine(folder, "approvals.db")), Processes.TwoSigners());
        await ApprovalsBenchmark.SeedAsync(kernel);
        if (isAged)
            await AgeAsync(kernel, folder);
        for (var i = 0; i < Cases; i++)
            await ApprovalsBenchmark.SubmitAsync(kernel, ApprovalsBenchmark.Applicant, "two-signers");
        return kernel;
    }

    /// <summary>One case is taken to its end, and everything of it is multiplied.</summary>
    private static async Task AgeAsync(BenchKernel kernel, string folder)
    {
        await ApprovalsBenchmark.SubmitAsync(kernel, ApprovalsBenchmark.Applicant, "two-signers");
        foreach (var signer in new[] { ApprovalsBenchmark.Head, ApprovalsBenchmark.Leader })
            await ApprovalsBenchmark.ApproveAsync(kernel, signer, (await ApprovalsBenchmark.RequestsAsync(kernel, signer)).Single());
        var ids = new Dictionary<Guid, string>();
        await kernel.InScopeAsync(async scope =>
        {
            var db = scope.GetRequiredService<ApprovalsDbContext>();
            var one = await db.Cases.SingleAsync();
            ids.Add(one.Id, "0A000000");
            ids.Add(one.InstanceId!.Value, "0A000001");
            foreach (var (id, number) in (await db.StepRuns.Select(row => row.Id).ToListAsync()).Concat(await db.StepRuns.Select(row => row.BookmarkId).ToListAsync())
                .Concat(await db.Tasks.Select(row => row.Id).ToListAsync()).Concat(await db.Decisions.Select(row => row.Id).ToListAsync())
                .Concat(await db.CaseEvents.Select(row => row.Id).ToListAsync()).Distinct().Select((id, i) => (id, i)))
            {
                ids.Add(id, $"0B{number:X6}");
            }

            return true;
        });
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "approvals.db")};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var table in new[] { "Instances", "StepRuns", "Tasks", "Decisions", "CaseEvents" })
            await MultipliedRows.AddAsync(connection, table, "1 = 1", 1, Instances, ids);
        await MultipliedRows.AddAsync(connection, "Cases", "1 = 1", 1, Instances, ids, ("Number", "'ALT-' || n"));
        await MultipliedRows.AddAsync(
            connection, "Definitions", "\"DefinitionId\" = 'two-signers'", 2, Versions - 1, new Dictionary<Guid, string>(),
            ("Id", "t.\"Id\" || '-' || n"), ("Version", "-n"), ("IsPublished", "0"), ("IsLatest", "0"));
        await transaction.CommitAsync();
        await using var analyse = connection.CreateCommand();
        analyse.CommandText = "ANALYZE";
        await analyse.ExecuteNonQueryAsync();
    }
}
