using Approvals.Web.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Demo;

/// <summary>The clock that lets a demonstration pass the days of a public notice.</summary>
public sealed class DemoClockTests
{
    [Theory]
    [InlineData("Development", 8)]
    [InlineData("Production", 0)]
    public void TheClockIsAheadInDevelopmentOnly(string environment, int expectedDays)
    {
        var builder = BuilderOf(environment, "--Demo:DaysAhead=8");

        builder.AddDemoBureau();

        using var services = builder.Services.AddSingleton(TimeProvider.System).BuildServiceProvider();
        var ahead = services.GetServices<TimeProvider>().Max(clock => clock.GetUtcNow()) - TimeProvider.System.GetUtcNow();
        Assert.Equal(expectedDays, (int)Math.Round(ahead.TotalDays));
    }

    [Fact]
    public void AClockBehindIsRefused() =>
        Assert.Throws<InvalidOperationException>(() => BuilderOf("Development", "--Demo:DaysAhead=-1").AddDemoBureau());

    private static WebApplicationBuilder BuilderOf(string environment, params string[] arguments) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, Args = arguments });
}
