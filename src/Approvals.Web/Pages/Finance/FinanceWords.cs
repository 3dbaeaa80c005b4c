using System.Globalization;
using Approvals.Core.Calendar;
using Approvals.Core.Payouts.Packets;

namespace Approvals.Web.Pages.Finance;

/// <summary>How finance pages write figures and times.</summary>
internal static class FinanceWords
{
    /// <summary>1,234.50.</summary>
    public static string Yuan(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>2026-11-22 09:30, in China.</summary>
    public static string Time(DateTimeOffset at) => ChinaTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>2026-10 至 2026-11, or one period.</summary>
    public static string Periods(PayoutPacket packet) =>
        packet.PeriodFrom == packet.PeriodUntil ? packet.PeriodFrom : $"{packet.PeriodFrom} — {packet.PeriodUntil}";

    /// <summary>Colour of a packet's progress.</summary>
    public static string ToneOf(PacketProgress progress) => progress switch
    {
        PacketProgress.Unacknowledged => "tag-accent",
        PacketProgress.Attention => "tag-warn",
        PacketProgress.Settled => "tag-good",
        _ => "",
    };
}
