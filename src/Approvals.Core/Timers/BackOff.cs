namespace Approvals.Core.Timers;

/// <summary>How long to wait after a failed try.</summary>
public static class BackOff
{
    /// <summary>30 s, 1 min, 2 min … at most an hour.</summary>
    /// <param name="attempts">Failed tries so far, from 1.</param>
    public static TimeSpan After(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(3600, 30 * Math.Pow(2, Math.Clamp(attempts, 1, 20) - 1)));
}
