using Approvals.Core.Calendar;

namespace Approvals.Web.Demo;

/// <summary>
/// The clock of a demonstration, some days ahead: nobody sits through the working days of a public notice to see what follows it.
/// Timers are rows, so what fell due meanwhile is caught up at start-up as after an outage.
/// </summary>
internal sealed class DemoClock(TimeSpan ahead) : ChinaClock
{
    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
}
