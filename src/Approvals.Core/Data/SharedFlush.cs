namespace Approvals.Core.Data;

/// <summary>
/// One flush for all who wait. Whoever comes while one is running may have committed after it began, so they wait for the next, together.
/// It runs on a thread of its own, for it blocks: on one of the pool's it would stand before the next writer, whose turn has just been passed on
/// and who waits in the same thread's queue.
/// </summary>
/// <param name="flush">Brings everything written so far to the disk; blocks until it is there.</param>
/// <param name="linger">How long the thread waits for more before it ends; a busy server keeps it. Five seconds when not given.</param>
public sealed class SharedFlush(Action flush, TimeSpan? linger = null)
{
    private readonly TimeSpan idle = linger ?? TimeSpan.FromSeconds(5);
    private readonly object guard = new();
    private TaskCompletionSource? running;
    private TaskCompletionSource? next;
    private bool hasThread;

    /// <summary>Waits for a flush that begins after the call. Its fault reaches all who wait for it.</summary>
    public Task FlushAsync()
    {
        lock (guard)
        {
            if (running is not null)
                return (next ??= NewWait()).Task;
            running = NewWait();
            if (hasThread)
                Monitor.Pulse(guard);
            else
                Start();
            return running.Task;
        }
    }

    /// <summary>Whoever waits goes on elsewhere, so that the thread is free for the next flush at once.</summary>
    private static TaskCompletionSource NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Start()
    {
        hasThread = true;
        new Thread(Run) { IsBackground = true, Name = "Flush of the log" }.UnsafeStart();
    }

    private void Run()
    {
        while (Await() is { } wait)
        {
            Exception? fault = null;
            try
            {
                flush();
            }
            catch (Exception exception)
            {
                fault = exception;
            }

            lock (guard)
            {
                // From here on a newcomer may have committed too late for the flush that begins now.
                (running, next) = (next, null);
            }

            if (fault is null)
                wait.SetResult();
            else
                wait.SetException(fault);
        }
    }

    /// <summary>Who waits for the flush to begin; null when nobody has come for a while and the thread is to end.</summary>
    private TaskCompletionSource? Await()
    {
        lock (guard)
        {
            if (running is null)
                Monitor.Wait(guard, idle);

            // Race closed: a newcomer in the moment that the thread gives up finds no thread and starts another.
            hasThread = running is not null;
            return running;
        }
    }
}
