using Approvals.Core.Hosting;
using Approvals.Core.Notifications;

namespace Approvals.Core.Timers;

/// <summary>At start-up, fires and carries out what became due while the product was not running.</summary>
public sealed class CatchUp(TimerSweep timers, OutboxWorker outbox) : IStartupTask
{
    /// <inheritdoc />
    public int Order => 400;

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await timers.RunDueAsync(cancellationToken);
        await outbox.RunDueAsync(cancellationToken);
    }
}
