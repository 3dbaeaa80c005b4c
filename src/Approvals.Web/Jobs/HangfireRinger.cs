using Approvals.Core.Timers;
using Hangfire;

namespace Approvals.Web.Jobs;

/// <summary>Rings by enqueuing Hangfire jobs.</summary>
internal sealed class HangfireRinger(IBackgroundJobClient jobs) : IBellRinger
{
    /// <summary>Hangfire may run a scheduled job up to about a second early; a timer that is not due yet would not fire.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    public void RingMessage(Guid id) => jobs.Enqueue<OutboxJob>(job => job.RunAsync(id, CancellationToken.None));

    public void RingTimer(Guid id, DateTimeOffset dueAt) =>
        jobs.Schedule<TimerJob>(job => job.RunAsync(id, CancellationToken.None), dueAt + Margin);
}
