namespace Approvals.Workflows;

/// <summary>
/// What an instant means that was written without an offset: the time of Beijing, wherever the server stands. A fixed offset, for China has
/// had no daylight saving since 1991.
/// </summary>
public static class BeijingTime
{
    /// <summary>UTC+8.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The instant of a date and time; one of no kind is Beijing's.</summary>
    public static DateTimeOffset Instant(DateTime time) =>
        time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, Offset) : new DateTimeOffset(time);

    /// <summary>Reads a date and time in a culture's way; one that names no offset is Beijing's.</summary>
    public static bool TryParse(string text, IFormatProvider culture, out DateTimeOffset instant)
    {
        if (!DateTime.TryParse(text, culture, System.Globalization.DateTimeStyles.RoundtripKind, out var time))
        {
            instant = default;
            return false;
        }

        if (time.Kind != DateTimeKind.Unspecified)
            return DateTimeOffset.TryParse(text, culture, out instant);
        instant = new DateTimeOffset(time, Offset);
        return true;
    }
}
