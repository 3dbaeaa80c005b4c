namespace Approvals.Benchmarks;

/// <summary>CPU and memory of one round, all threads of the process together.</summary>
/// <param name="CpuMs">Milliseconds of CPU, user and system.</param>
/// <param name="AllocKib">Allocated KiB.</param>
internal readonly record struct Cost(double CpuMs, double AllocKib)
{
    /// <summary>Runs the work so often and takes the mean.</summary>
    public static async Task<Cost> OfAsync(int rounds, Func<int, Task> work)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < rounds; i++)
            await work(i);
        return new Cost(
            (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / rounds,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1024.0 / rounds);
    }

    /// <summary>As it is written into a figure's line.</summary>
    public object Rounded => new { cpu_ms = Math.Round(CpuMs, 3), alloc_kib = Math.Round(AllocKib, 1) };
}
