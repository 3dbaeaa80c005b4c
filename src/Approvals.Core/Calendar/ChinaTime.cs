namespace Approvals.Core.Calendar;

/// <summary>
/// The one time zone of the product, 北京时间. A fixed offset: China has had no daylight saving since 1991, and a fixed offset
/// works on servers without time-zone data.
/// </summary>
public static class ChinaTime
{
    /// <summary>UTC+8.</summary>
    public static readonly TimeSpan Offset = Approvals.Workflows.BeijingTime.Offset;

    /// <summary>The day it is in China.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOf(clock.GetUtcNow());

    /// <summary>The day an instant falls on in China.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(ToLocal(instant).DateTime);

    /// <summary>The instant with China's offset, for showing it.</summary>
    public static DateTimeOffset ToLocal(DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The UTC instant of a day and time of day in China.</summary>
    public static DateTimeOffset Instant(DateOnly day, TimeOnly time) =>
        new DateTimeOffset(day.ToDateTime(time), Offset).ToUniversalTime();

    /// <summary>The first UTC instant after a day: everything before it still belongs to the day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => Instant(day.AddDays(1), TimeOnly.MinValue);
}
