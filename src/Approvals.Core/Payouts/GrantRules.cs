using System.Globalization;
using System.Text.RegularExpressions;
using Approvals.Documents.Text;

namespace Approvals.Core.Payouts;

/// <summary>What must hold of one grant by itself, whatever is in the database. Pure.</summary>
public static partial class GrantRules
{
    /// <summary>Problems of a grant in plain Chinese; empty when it is right.</summary>
    /// <param name="grant">The grant.</param>
    /// <param name="today">Today in China.</param>
    public static IEnumerable<string> ProblemsOf(EntitlementGrant grant, DateOnly today)
    {
        var who = grant.Payee.Name;
        if (string.IsNullOrWhiteSpace(who))
            yield return "收款人没有姓名或名称";
        if (IdentityCode.ProblemOf(grant.Payee.Kind, grant.Payee.IdentityNumber, today) is { } identity)
            yield return $"{who}：{identity}";
        if (!string.Equals(grant.Currency, "CNY", StringComparison.OrdinalIgnoreCase))
            yield return $"{who}：币种为 {grant.Currency}，只能以人民币申请，请折算后重新填报并附折算依据";
        if (ProblemOfAmount(grant.Amount) is { } amount)
            yield return $"{who}：{amount}";
        if (!Period().IsMatch(grant.Period))
            yield return $"{who}：所属期间“{grant.Period}”有误，应为 2026-11 或 2026 的写法";
        foreach (var problem in ProblemsOfWorking(grant))
            yield return $"{who}：{problem}";
        foreach (var problem in ProblemsOfDays(grant))
            yield return $"{who}：{problem}";
    }

    private static string? ProblemOfAmount(decimal amount) =>
        amount < 0 ? $"金额 {Yuan(amount)} 元为负，更正须用冲销，不能直接填负数"
        : amount == 0 ? "金额为零，不能登记应付"
        : decimal.Round(amount, 2) != amount ? $"金额 {amount.ToString(CultureInfo.InvariantCulture)} 元不足一分，请取整到分"
        : amount >= RmbCapital.Limit ? $"金额 {Yuan(amount)} 元超出可以书写的范围"
        : null;

    private static IEnumerable<string> ProblemsOfWorking(EntitlementGrant grant)
    {
        if (grant.Working.Count == 0)
        {
            yield return "没有计算过程";
            yield break;
        }

        foreach (var line in grant.Working)
        {
            if (line is { Quantity: { } quantity, Rate: { } rate }
                && decimal.Round(quantity * rate, 2, MidpointRounding.AwayFromZero) != line.Amount)
            {
                yield return $"“{line.Text}”的数量乘标准不等于 {Yuan(line.Amount)} 元";
            }
        }

        var sum = grant.Working.Sum(line => line.Amount);
        if (sum != grant.Amount)
            yield return $"计算过程合计 {Yuan(sum)} 元，与金额 {Yuan(grant.Amount)} 元不一致";
    }

    private static IEnumerable<string> ProblemsOfDays(EntitlementGrant grant)
    {
        if (grant.Days.Count > 0 && grant.Payee.Kind != PayeeKind.Person)
            yield return "只有个人可以按天计发";
        foreach (var day in grant.Days.Where(day => day.Share is not (1m or 0.5m)))
            yield return $"{Text(day.Date)} 的天数为 {day.Share.ToString(CultureInfo.InvariantCulture)}，只能是 1 天或 0.5 天";
        foreach (var day in grant.Days.GroupBy(day => day.Date).Where(group => group.Sum(day => day.Share) > 1))
            yield return $"{Text(day.Key)} 在本次申请中重复填报，一天最多计 1 天";
    }

    /// <summary>1,234.50.</summary>
    internal static string Yuan(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>2026-11-22.</summary>
    internal static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^20\d\d(-(0[1-9]|1[0-2]))?$")]
    private static partial Regex Period();
}
