using System.Globalization;

namespace Approvals.Documents.Text;

/// <summary>Dates as official documents write them (GB/T 9704-2012, 7.3.5.4): Arabic digits, no leading zeros.</summary>
public static class ChineseDate
{
    /// <summary>2026年11月22日.</summary>
    public static string Format(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");
}
