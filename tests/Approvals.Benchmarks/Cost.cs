using System.Diagnostics;

namespace Approvals.Benchmarks;

/// <summary>CPU, memory and time on the clock, all threads of the process together.</summary>
/// <param name="CpuMs">Milliseconds of CPU, user and system.</param>
/// <param name="AllocKib">Allocated KiB.</param>
/// <param name="WallMs">Milliseconds on the clock.</param>
internal readonly record struct Cost(double CpuMs, double AllocKib, double WallMs)
{
    /// <summary>Runs the work so often and takes the mean.</summary>
    public static async Task<Cost> OfAsync(int rounds, Func<int, Task> work)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var (cpu, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        for (var i = 0; i < rounds; i++)
            await work(i);
        return new Cost(
            (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1024.0,
            clock.Elapsed.TotalMilliseconds) / rounds;
    }

    public static Cost operator +(Cost one, Cost other) =>
        new(one.CpuMs + other.CpuMs, one.AllocKib + other.AllocKib, one.WallMs + other.WallMs);

    public static Cost operator /(Cost all, int rounds) => new(all.CpuMs / rounds, all.AllocKib / rounds, all.WallMs / rounds);
}
