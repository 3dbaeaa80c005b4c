using Approvals.Core.Hosting;
using Approvals.Core.Notifications;

namespace Approvals.Core.Timers;

/// <summary>At start-up, fires and carries out what became due while the product was not running.</summary>
public sealed class CatchUp(TimerSweep timers, OutboxWorker outbox) : IStartupTask
{
    /// <summary>Where it stands among the start-up tasks: what comes before it prepares the database.</summary>
    public const int After = 400;

    /// <inheritdoc />
    public int Order => After;

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await timers.RunDueAsync(cancellationToken);
        await outbox.RunDueAsync(cancellationToken);
    }
}
