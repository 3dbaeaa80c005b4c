using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>A collection of its own: the time zone is that of the whole process.</summary>
[CollectionDefinition("another time zone", DisableParallelization = true)]
public sealed class AnotherTimeZone;

/// <summary>A machine in New York: what names no offset is the time of Beijing all the same.</summary>
[Collection("another time zone")]
public sealed class MachineElsewhereFacts : IDisposable
{
    private readonly string? before = Environment.GetEnvironmentVariable("TZ");

    public MachineElsewhereFacts()
    {
        Stand("America/New_York");
        Assert.Equal(TimeSpan.FromHours(-5), TimeZoneInfo.Local.BaseUtcOffset);
    }

    public void Dispose() => Stand(before);

    [Theory]
    [InlineData("2026-12-01 08:00", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01T08:00:00", "2026-12-01T00:00:00Z")]
    [InlineData("2026/12/1 上午12:00:00", "2026-11-30T16:00:00Z")]
    [InlineData("2026-12-01T08:00:00-05:00", "2026-12-01T13:00:00Z")]
    [InlineData("2026-12-01T08:00:00Z", "2026-12-01T08:00:00Z")]
    public async Task A_moment_to_wait_for_is_Beijings_unless_it_says_otherwise(string text, string due)
    {
        var host = Draw.Of(Draw.Activity("s", "Start"), Draw.Activity("t", "StartAt", ("dateTime", Draw.Literal(text)))).Lines("s>t").Host();
        await host.Start();
        Assert.Equal(
            DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(host.State.Bookmarks).DueAt);
    }

    [Theory]
    [InlineData("{{ 'now' | date: 'yyyy-MM-dd HH:mm' }}", "2026-11-24 00:30")]
    [InlineData("{{ 'today' | date: 'yyyy年M月d日' }}", "2026年11月24日")]
    [InlineData("{{ '2026-12-01 08:00' | date: 'yyyy-MM-dd HH:mm zzz' }}", "2026-12-01 08:00 +08:00")]
    [InlineData("{{ '2026-11-30T20:30:00Z' | date: 'yyyy-MM-dd' }}", "2026-12-01")]
    [InlineData("{{ 0 | date: 'yyyy-MM-dd HH:mm' }}", "1970-01-01 08:00")]
    [InlineData("{{ '尚未确定' | date: 'yyyy-MM-dd' }}", "尚未确定")]
    public async Task A_template_tells_the_time_of_Beijing(string template, string expected)
    {
        var host = Draw.Of(Draw.Activity("a", "WriteLine", ("text", Draw.Expression("Liquid", template)))).Host();
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 23, 16, 30, 0, TimeSpan.Zero));
        await host.Start();
        Assert.Equal([expected], host.Lines);
    }

    [Fact]
    public async Task A_day_is_the_day_it_is_in_Beijing()
    {
        var host = Draw.Of(
                Draw.Activity("a", "SetVariable", ("variable", new JsonObject { ["name"] = "Day" }), ("value", Draw.Literal("2026-11-30T20:30:00Z"))),
                Draw.Activity("w", "Test.Wait"))
            .Lines("a>w").Variable("Day", "DateOnly", null).Host();
        await host.Start();
        Assert.Equal(new DateOnly(2026, 12, 1), host.Variable("Day"));
    }

    private static void Stand(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }
}
