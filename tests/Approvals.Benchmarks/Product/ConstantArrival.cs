using System.Diagnostics;

namespace Approvals.Benchmarks.Product;

/// <summary>
/// Sends requests at a constant rate whether or not earlier ones have been answered, and counts each from the moment it was due: a stall
/// is then seen by everybody who would have come during it.
/// </summary>
internal static class ConstantArrival
{
    /// <summary>Sends them.</summary>
    /// <param name="perSecond">Rate.</param>
    /// <param name="count">How many.</param>
    /// <param name="send">Sends one.</param>
    /// <returns>Milliseconds of each, in the order they were due.</returns>
    public static async Task<double[]> RunAsync(double perSecond, int count, Func<int, Task> send)
    {
        var start = Stopwatch.GetTimestamp();
        var running = new Task<double>[count];
        for (var i = 0; i < count; i++)
        {
            var due = start + (long)(i / perSecond * Stopwatch.Frequency);
            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (left > TimeSpan.Zero)
            {
                using var timer = new PeriodicTimer(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left);
                await timer.WaitForNextTickAsync();
            }

            running[i] = TimedAsync(send(i), due);
        }

        return await Task.WhenAll(running);
    }

    /// <summary>A percentile of some times.</summary>
    public static double At(this IEnumerable<double> times, int percent)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }

    private static async Task<double> TimedAsync(Task request, long due)
    {
        await request;
        return Stopwatch.GetElapsedTime(due).TotalMilliseconds;
    }
}
