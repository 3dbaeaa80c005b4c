using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Hangfire;

namespace Approvals.Web.Jobs;

/// <summary>Rung after commits that left outbox messages.</summary>
public sealed class OutboxJob(OutboxWorker outbox)
{
    /// <summary>Carries the messages out, one after the other, unless somebody else did.</summary>
    public async Task RunAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
            await outbox.RunAsync(id, cancellationToken);
    }
}

/// <summary>Rung at a timer's time.</summary>
[Queue(JobServices.TimerQueue)]
public sealed class TimerJob(TimerSweep timers)
{
    /// <summary>Fires the timer, unless somebody else did or it was cancelled.</summary>
    public Task RunAsync(Guid id, CancellationToken cancellationToken) => timers.FireAsync(id, cancellationToken);
}

/// <summary>Every minute: timers that no bell rang for, and those that failed and are to be tried again.</summary>
[Queue(JobServices.TimerQueue)]
public sealed class TimerSweepJob(TimerSweep timers)
{
    /// <summary>Fires everything that is due. Two sweeps at once would only compete for the same rows.</summary>
    [DisableConcurrentExecution(timeoutInSeconds: 1)]
    public Task RunAsync(CancellationToken cancellationToken) => timers.RunDueAsync(cancellationToken);
}

/// <summary>
/// Every minute: messages that no bell rang for, and those that failed and are to be tried again. It has a lock of its own, for it takes as long as
/// the slowest receiver. Name and method are those under which the release before swept the timers, too: while servers are replaced one by one,
/// either kind can run it.
/// </summary>
public sealed class SweepJob(OutboxWorker outbox)
{
    /// <summary>Carries out everything that is due. Two sweeps at once would only compete for the same rows.</summary>
    [DisableConcurrentExecution(timeoutInSeconds: 1)]
    public Task RunAsync(CancellationToken cancellationToken) => outbox.RunDueAsync(cancellationToken);
}
