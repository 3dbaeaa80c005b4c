namespace Approvals.Core.Timers;

/// <summary>What happens when a timer of its kind is due.</summary>
public interface ITimerHandler
{
    /// <summary>Kind of timer, e.g. <c>bookmark</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// Whether timers of several instances may be fired in one transaction when many are due. Only for work that takes no lock standing
    /// before the instance's in the order of locks (docs/architecture.md).
    /// </summary>
    bool SharesTransaction => false;

    /// <summary>
    /// Does the work inside the <see cref="Data.UnitOfWork"/> that also marks the timer as fired; a fault rolls both back and the
    /// timer is tried again later.
    /// </summary>
    Task FireAsync(TimerRow row, CancellationToken cancellationToken);
}
