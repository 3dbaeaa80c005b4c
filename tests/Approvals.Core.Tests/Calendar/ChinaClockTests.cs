using Approvals.Core.Data;
using Approvals.Core.DryRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Calendar;

public sealed class ChinaClockTests
{
    /// <summary>Cron expressions and dates in scripts ask the clock for its zone; the server's own zone must not matter.</summary>
    [Fact]
    public void The_clock_of_the_product_stands_in_China()
    {
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddKernel().BuildServiceProvider();
        var clock = services.GetRequiredService<TimeProvider>();
        Assert.Equal(TimeSpan.FromHours(8), clock.LocalTimeZone.GetUtcOffset(clock.GetUtcNow()));
        Assert.Equal(TimeSpan.FromHours(8), clock.GetLocalNow().Offset);
        Assert.Equal(TimeSpan.FromHours(8), new VirtualClock(clock.GetUtcNow()).GetLocalNow().Offset);
    }
}
