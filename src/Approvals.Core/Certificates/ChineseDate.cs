using System.Globalization;

namespace Approvals.Core.Certificates;

/// <summary>Dates as documents print them, GB/T 9704-2012, 7.3.5.4: Arabic digits, no leading zeros.</summary>
public static class ChineseDate
{
    /// <summary>2026年11月22日.</summary>
    public static string Of(DateOnly date) => date.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}
