namespace Approvals.Core.Data;

/// <summary>
/// One flush for all who wait. Whoever comes while one is running may have committed after it began, so they wait for the next, together.
/// </summary>
/// <param name="flush">Brings everything written so far to the disk; blocks until it is there.</param>
public sealed class SharedFlush(Action flush)
{
    private readonly Lock guard = new();
    private Task running = Task.CompletedTask;
    private Task? next;

    /// <summary>Waits for a flush that begins after the call. Its fault reaches all who wait for it.</summary>
    public Task FlushAsync()
    {
        lock (guard)
        {
            if (next is not null)
                return next;
            return running.IsCompleted ? running = Task.Run(flush) : next = FollowAsync(running);
        }
    }

    private async Task FollowAsync(Task before)
    {
        await before.ContinueWith(static _ => { }, TaskScheduler.Default);
        lock (guard)
        {
            // From here on a newcomer may have committed too late for this flush.
            running = next!;
            next = null;
        }

        flush();
    }
}
