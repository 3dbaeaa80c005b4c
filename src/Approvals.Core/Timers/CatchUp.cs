using Approvals.Core.Hosting;
using Approvals.Core.Notifications;

namespace Approvals.Core.Timers;

/// <summary>
/// At start-up, fires and carries out what became due while the product was not running. After an outage that is much, and a mail server may
/// hang: after two seconds nothing more is begun but left to the sweep, while people can already work.
/// </summary>
public sealed class CatchUp(TimerSweep timers, OutboxWorker outbox, TimeProvider time) : IStartupTask
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Where it stands among the start-up tasks: what comes before it prepares the database.</summary>
    public const int After = 400;

    /// <inheritdoc />
    public int Order => After;

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Longest;
        await timers.RunDueAsync(cancellationToken, until);
        await outbox.RunDueAsync(cancellationToken, until);
    }
}
