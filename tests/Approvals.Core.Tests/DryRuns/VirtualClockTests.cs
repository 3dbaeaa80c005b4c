using Approvals.Core.DryRuns;

namespace Approvals.Core.Tests.DryRuns;

/// <summary>The clock of a dry run.</summary>
public sealed class VirtualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ItStandsUntilItJumps()
    {
        var clock = new VirtualClock(Start);
        Assert.Equal(Start, clock.GetUtcNow());
        clock.JumpTo(Start.AddDays(7));
        Assert.Equal(Start.AddDays(7), clock.GetUtcNow());
    }

    [Fact]
    public void ItNeverRunsBack()
    {
        var clock = new VirtualClock(Start);
        clock.JumpTo(Start.AddHours(-1));
        Assert.Equal(Start, clock.GetUtcNow());
    }
}
