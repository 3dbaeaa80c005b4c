using System.Globalization;

namespace Approvals.Core.Insurance;

/// <summary>Words of the roster and of claims.</summary>
public static class InsuranceWords
{
    /// <summary>Why somebody is on the roster, e.g. 低于规定额度（现为 500,000.00 元）.</summary>
    public static string Of(CoverLack lack) => lack.Gap switch
    {
        CoverGap.Ending => $"现有保险 {Day(lack.Until)} 到期",
        CoverGap.BelowSum => string.Create(CultureInfo.InvariantCulture, $"现有保险金额 {lack.Sum:N2} 元，低于规定额度"),
        _ => "没有有效保险",
    };

    /// <summary>Where a claim stands.</summary>
    public static string Of(InsuranceClaimState state) => state switch
    {
        InsuranceClaimState.Open => "已报案，待核定",
        InsuranceClaimState.Decided => "已核定，待赔付",
        InsuranceClaimState.Paid => "已赔付",
        _ => "拒赔",
    };

    /// <summary>2026-11-22.</summary>
    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
