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
            for (var i = 0; i < WarmUp + Cycles + Turns * TurnCycles; i++)
                await CycleAsync(recorded);
        }

        var instance = await CycleAsync(kernel);
        await CheckAsync(kernel, instance);
        await Cost.OfAsync(WarmUp, _ => CycleAsync(kernel));
        var ours = await Cost.OfAsync(Cycles, _ => CycleAsync(kernel));
        await Cost.OfAsync(WarmUp, i => ReplayAsync(bareDatabase, record, i));
        var bare = await Cost.OfAsync(Cycles, i => ReplayAsync(bareDatabase, record, WarmUp + i));
        var (one, many, bareMany) = await TurnsAsync(kernel, i => ReplayAsync(bareDatabase, record, WarmUp + Cycles + i));
        await bareDatabase.DropAsync();

        var name = $"cycle.{database.Key}";
        var writes = record.Transactions[^1].Count + record.Transactions[^2].Count;
        return
        [
            Figure.Line(
                $"{name}.cpu", ours.CpuMs, "ms CPU a cycle", bare.CpuMs,
                $"1 caller; limit {LimitCpu} ms; wall {ours.WallMs:0.00} ms, reference "
                + $"(the same {writes} writing commands by plain ADO.NET) {bare.WallMs:0.00} ms; "
                + $"stock Elsa 3.8 on SQLite: 35.7 ms CPU; {MachineLoad.Note}"),
            Figure.Line(
                $"{name}.memory", ours.AllocKib, "KiB allocated a cycle", bare.AllocKib,
                $"1 caller; limit {LimitAlloc} KiB; same reference; stock Elsa 3.8: 3,139 KiB"),
            Figure.Line(
                $"{name}.callers", 1000 / many.WallMs, "cycles a second, 8 callers", 1000 / one.WallMs,
                "reference: 1 caller, in turns of the same run; limit: not slower; stock Elsa 3.8 on SQLite: 11 against 30; "
                + $"CPU {many.CpuMs:0.00} ms a cycle, reference {one.CpuMs:0.00} ms; {MachineLoad.Note}"),
            Figure.Line(
                $"{name}.callers.cpu", many.CpuMs, "ms CPU a cycle, 8 callers", bareMany.CpuMs,
                $"limit {LimitCpu} ms; wall {many.WallMs:0.00} ms a cycle, reference "
                + $"(the same writing commands by plain ADO.NET, 8 callers too) {bareMany.WallMs:0.00} ms; "
                + $"1 caller in turns of the same run {one.CpuMs:0.00} ms CPU; {MachineLoad.Note}"),
            Figure.Line(
                $"{name}.callers.memory", many.AllocKib, "KiB allocated a cycle, 8 callers", bareMany.AllocKib,
                $"limit {LimitAlloc} KiB; same reference; 1 caller in turns of the same run {one.AllocKib:0.0} KiB"),
        ];
    }

    /// <summary>With one caller, with eight, and the writes alone with eight, in turns: all meet the same machine.</summary>
    private static async Task<(Cost One, Cost Many, Cost BareMany)> TurnsAsync(BenchKernel kernel, Func<int, Task> replay)
    {
        var (one, many, bareMany) = (default(Cost), default(Cost), default(Cost));
        for (var turn = 0; turn < Turns; turn++)
        {
            var first = turn * TurnCycles;
            one += await TurnAsync(1, _ => CycleAsync(kernel));
            many += await TurnAsync(Callers, _ => CycleAsync(kernel));
            bareMany += await TurnAsync(Callers, i => replay(first + i));
        }

        return (one / (Turns * TurnCycles), many / (Turns * TurnCycles), bareMany / (Turns * TurnCycles));
    }

    private static Task<Cost> TurnAsync(int callers, Func<int, Task> work) => Cost.OfAsync(1, _ => Parallel.ForEachAsync(
        Enumerable.Range(0, TurnCycles),
        new ParallelOptions { MaxDegreeOfParallelism = callers },
        async (i, _) => await work(i)));

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
