using Approvals.Benchmarks;
using Approvals.Benchmarks.Durable;
using Approvals.Benchmarks.Payouts;
using Approvals.Benchmarks.Product;

// Started by the figure start.ready as a process of its own.
if (args is [.., "empty-host", _])
{
    await StartBenchmark.ServeEmptyAsync([.. args.TakeWhile(one => one != "empty-host")], args[^1]);
    return;
}

// Whatever else is printed, by a library or by the product inside this process, goes to the other stream: standard output holds figures only.
var figures = Console.Out;
Console.SetOut(Console.Error);

// One JSON line for each figure, each with its comparison in the same run; names on the command line choose.
Dictionary<string, Func<Task<string>>> benchmarks = new()
{
    ["flowchart10"] = () => Task.FromResult(RuntimeBenchmark.Run()),
    ["disk"] = DiskBenchmark.RunAsync,
    ["documents"] = () => Task.FromResult(DocumentsBenchmark.Run()),
    ["cycle"] = DurableCycleBenchmark.RunAsync,
    ["approve"] = HttpApprovalsBenchmark.RunAsync,
    ["approve.usecase"] = ApprovalsBenchmark.RunAsync,
    ["inbox"] = InboxBenchmark.RunAsync,
    ["aged"] = AgedBenchmark.RunAsync,
    ["timers"] = TimersBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
    ["studio"] = StudioBenchmark.RunAsync,
    ["packet.5000"] = PacketBenchmark.RunAsync,
};

// Also when it is broken off.
AppDomain.CurrentDomain.ProcessExit += (_, _) => Preparation.Remove();

foreach (var name in args.Length > 0 ? args : [.. benchmarks.Keys])
{
    figures.WriteLine(benchmarks.TryGetValue(name, out var run)
        ? await run()
        : throw new ArgumentException($"No benchmark {name}; there are: {string.Join(", ", benchmarks.Keys)}"));
}
