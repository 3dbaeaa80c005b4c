namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>Looks again and again at what other processes do; they run in real time, so this does too.</summary>
internal static class Poll
{
    /// <summary>Looks until it is so.</summary>
    /// <param name="isSo">Looks once.</param>
    /// <param name="seconds">For how long at most.</param>
    /// <param name="milliseconds">From look to look.</param>
    /// <returns>False when the time was over.</returns>
    public static async Task<bool> UntilAsync(Func<Task<bool>> isSo, int seconds, int milliseconds = 200)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var next = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds));
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began).TotalSeconds >= seconds || !await next.WaitForNextTickAsync())
                return false;
        }

        return true;
    }

    /// <summary>Lets real time pass.</summary>
    public static async Task PassAsync(int milliseconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Max(1, milliseconds)));
        await timer.WaitForNextTickAsync();
    }
}
