namespace Approvals.Core.Calendar;

/// <summary>
/// The system's clock, standing in China wherever the server stands: what asks a clock for its local time — dates in scripts, Cron
/// expressions — gets 北京时间, as everything else of the product does.
/// </summary>
public class ChinaClock : TimeProvider
{
    private static readonly TimeZoneInfo Beijing = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", ChinaTime.Offset, null, null);

    /// <inheritdoc />
    public sealed override TimeZoneInfo LocalTimeZone => Beijing;
}
