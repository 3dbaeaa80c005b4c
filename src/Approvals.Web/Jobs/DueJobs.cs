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
public sealed class TimerJob(TimerSweep timers)
{
    /// <summary>Fires the timer, unless somebody else did or it was cancelled.</summary>
    public Task RunAsync(Guid id, CancellationToken cancellationToken) => timers.FireAsync(id, cancellationToken);
}

/// <summary>Every minute: what no bell rang for, and what failed and is to be tried again.</summary>
public sealed class SweepJob(TimerSweep timers, OutboxWorker outbox)
{
    /// <summary>Runs everything that is due. Two sweeps at once would only compete for the same rows.</summary>
    [DisableConcurrentExecution(timeoutInSeconds: 1)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await timers.RunDueAsync(cancellationToken);
        await outbox.RunDueAsync(cancellationToken);
    }
}
