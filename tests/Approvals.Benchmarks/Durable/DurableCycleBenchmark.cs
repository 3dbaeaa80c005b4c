using System.Diagnostics;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Tests.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Durable;

/// <summary>
/// A durable cycle: start, wait at an event, resume, finish — two units of work in two scopes, as two requests are. Compared in
/// the same run with the same writes sent by plain ADO.NET.
/// </summary>
internal static class DurableCycleBenchmark
{
    private const int Cycles = 2_000;
    private const int WarmUp = 1_000;
    private const int Callers = 8;
    private const int Turns = 10;
    private const int TurnCycles = 80;
    private const double LimitCpu = 1.8;
    private const double LimitAlloc = 150;
    private const string Key = "durable-cycle";

    /// <summary>Measures and returns one line of JSON for each figure.</summary>
    public static async Task<string> RunAsync()
    {
        var lines = new List<string>();
        foreach (var database in BenchDatabase.All)
            lines.AddRange(await RunAsync(database()));
        return string.Join('\n', lines);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(BenchDatabase database)
    {
        await using var kernel = await BenchKernel.StartAsync(database, Process());
        var bareDatabase = await kernel.Database.CopyAsync();
        var record = new RecordedWrites();
        await using (var recorded = await kernel.CopyAsync(record))
        {
            for (var i = 0; i < WarmUp + Cycles; i++)
                await CycleAsync(recorded);
        }

        var instance = await CycleAsync(kernel);
        await CheckAsync(kernel, instance);
        await Cost.OfAsync(WarmUp, _ => CycleAsync(kernel));
        var ours = await Cost.OfAsync(Cycles, _ => CycleAsync(kernel));
        await Cost.OfAsync(WarmUp, i => ReplayAsync(bareDatabase, record, i));
        var bare = await Cost.OfAsync(Cycles, i => ReplayAsync(bareDatabase, record, WarmUp + i));
        await bareDatabase.DropAsync();
        var (one, many) = await RatesAsync(kernel);

        var name = $"cycle.{database.Key}";
        var writes = record.Transactions[^1].Count + record.Transactions[^2].Count;
        return
        [
            Figure.Line(
                $"{name}.cpu", ours.CpuMs, "ms CPU a cycle", bare.CpuMs,
                $"1 caller; limit {LimitCpu} ms; reference: the same {writes} writing commands by plain ADO.NET; stock Elsa 3.8 on SQLite: 35.7 ms"),
            Figure.Line(
                $"{name}.memory", ours.AllocKib, "KiB allocated a cycle", bare.AllocKib,
                $"1 caller; limit {LimitAlloc} KiB; same reference; stock Elsa 3.8: 3,139 KiB"),
            Figure.Line(
                $"{name}.callers", many, "cycles a second, 8 callers", one,
                "reference: 1 caller, in turns of the same run; limit: not slower; stock Elsa 3.8 on SQLite: 11 against 30"),
        ];
    }

    /// <summary>Cycles a second with one caller and with eight, in turns, so that both meet the same machine.</summary>
    private static async Task<(double One, double Many)> RatesAsync(BenchKernel kernel)
    {
        var (one, many) = (new Stopwatch(), new Stopwatch());
        for (var turn = 0; turn < Turns; turn++)
        {
            await TimedAsync(one, 1);
            await TimedAsync(many, Callers);
        }

        return (Turns * TurnCycles / one.Elapsed.TotalSeconds, Turns * TurnCycles / many.Elapsed.TotalSeconds);

        async Task TimedAsync(Stopwatch clock, int callers)
        {
            clock.Start();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, TurnCycles),
                new ParallelOptions { MaxDegreeOfParallelism = callers },
                async (_, _) => await CycleAsync(kernel));
            clock.Stop();
        }
    }

    /// <summary>Start → wait for an event → end.</summary>
    private static TestProcess Process() => new TestProcess(Key)
        .Add("start", "Elsa.Start", "开始")
        .Add("wait", "Elsa.Event", "等待", new { eventName = "go" })
        .Add("end", "Elsa.End", "结束")
        .Connect("start", "wait").Connect("wait", "end");

    private static async Task<Guid> CycleAsync(BenchKernel kernel)
    {
        var (instance, bookmark) = await kernel.CommitAsync(async (scope, unit) =>
        {
            var started = await scope.GetRequiredService<WorkflowHost>().StartAsync(Key, null, null, default);
            return (started.Id, unit.Db.Bookmarks.Local.Single().Id);
        });
        var outcome = await kernel.CommitAsync((scope, _) =>
            scope.GetRequiredService<WorkflowHost>().ResumeAsync(bookmark, null, default));
        return outcome == HostOutcome.Ran ? instance : throw new InvalidOperationException("The bookmark is gone.");
    }

    private static Task ReplayAsync(BenchDatabase database, RecordedWrites record, int cycle)
    {
        RecordedWrites.Replay(database.Connect(), record.Transactions[2 * cycle]);
        RecordedWrites.Replay(database.Connect(), record.Transactions[2 * cycle + 1]);
        return Task.CompletedTask;
    }

    private static async Task CheckAsync(BenchKernel kernel, Guid instance)
    {
        var (status, waiting, journal) = await kernel.InScopeAsync(async scope =>
        {
            var db = scope.GetRequiredService<ApprovalsDbContext>();
            return (
                await db.Instances.Where(row => row.Id == instance).Select(row => row.SubStatus).SingleAsync(),
                await db.Bookmarks.CountAsync(row => row.InstanceId == instance),
                (await JournalReader.ReadAsync(db, instance, default)).Count);
        });
        if (status != "Finished" || waiting != 0 || journal < 6)
            throw new InvalidOperationException($"The cycle ended as {status} with {waiting} bookmarks and {journal} journal lines.");
    }
}
