using Approvals.Core.Timers;
using Hangfire;

namespace Approvals.Web.Jobs;

/// <summary>
/// Rings by enqueuing Hangfire jobs: for each timer one, for messages one for all that a moment brings. A job costs more than sending most
/// messages does, and nobody waits for a message by the fraction of a second. What a killed process has gathered the sweep finds.
/// </summary>
internal sealed class HangfireRinger : IBellRinger, IDisposable
{
    /// <summary>Hangfire may run a scheduled job up to about a second early; a timer that is not due yet would not fire.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>How long messages are gathered.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>Few enough that several workers share a flood, and that one slow receiver holds few others up.</summary>
    private const int MostInAJob = 20;

    private readonly IBackgroundJobClient jobs;
    private readonly IHostApplicationLifetime lifetime;
    private readonly ILogger<HangfireRinger> log;
    private readonly Lock guard = new();
    private readonly Timer moment;
    private List<Guid> gathered = [];

    public HangfireRinger(IBackgroundJobClient jobs, IHostApplicationLifetime lifetime, ILogger<HangfireRinger> log)
    {
        (this.jobs, this.lifetime, this.log) = (jobs, lifetime, log);
        moment = new Timer(_ => Send());
    }

    public void RingMessage(Guid id)
    {
        lock (guard)
        {
            gathered.Add(id);
            if (gathered.Count == 1)
                moment.Change(Moment, Timeout.InfiniteTimeSpan);
        }
    }

    public void RingTimer(Guid id, DateTimeOffset dueAt) =>
        jobs.Schedule<TimerJob>(job => job.RunAsync(id, CancellationToken.None), dueAt + Margin);

    public void Dispose() => moment.Dispose();

    private void Send()
    {
        List<Guid> ids;
        lock (guard)
            (ids, gathered) = (gathered, []);
        try
        {
            foreach (var some in ids.Chunk(MostInAJob))
                jobs.Enqueue<OutboxJob>(job => job.RunAsync(some, CancellationToken.None));
        }
        catch (Exception exception)
        {
            // A server that stops has closed its jobs already; what it gathered last the next start finds.
            if (lifetime.ApplicationStopping.IsCancellationRequested)
                return;
            log.LogError(exception, "The bell could not be rung; {Count} rows wait for the sweep", ids.Count);
        }
    }
}
