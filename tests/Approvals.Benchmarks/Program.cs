using Approvals.Benchmarks;

// One JSON line for each benchmark, each with its comparison in the same run; names on the command line choose.
Dictionary<string, Func<string>> benchmarks = new()
{
    ["runtime"] = () => RuntimeBenchmark.Run(),
    ["documents"] = () => DocumentsBenchmark.Run(),
    ["inbox"] = () => InboxBenchmark.Run(),
};

foreach (var name in args.Length > 0 ? args : [.. benchmarks.Keys])
{
    Console.WriteLine(benchmarks.TryGetValue(name, out var run)
        ? run()
        : throw new ArgumentException($"No benchmark {name}; there are: {string.Join(", ", benchmarks.Keys)}"));
}
