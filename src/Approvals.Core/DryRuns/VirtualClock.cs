using Approvals.Core.Calendar;

namespace Approvals.Core.DryRuns;

/// <summary>The clock of a dry run: it stands still while people act and jumps to the next thing that is due.</summary>
public sealed class VirtualClock(DateTimeOffset start) : ChinaClock
{
    private long _ticks = start.UtcTicks;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Jumps ahead; an instant that has passed changes nothing, because time does not run back.</summary>
    public void JumpTo(DateTimeOffset instant)
    {
        if (instant > GetUtcNow())
        {
            Interlocked.Exchange(ref _ticks, instant.UtcTicks);
        }
    }
}
