using Approvals.Core.Regulations;

namespace Approvals.Core.Compensation.Rules;

/// <summary>W四(一): compensation is claimed and paid in yuan.</summary>
public sealed class CompensationCurrency : IRule
{
    /// <inheritdoc />
    public string RuleSet => CompensationRuleSet.Name;

    /// <inheritdoc />
    public int Order => 50;

    /// <inheritdoc />
    public string Article => CompensationRuleSet.Article;

    /// <inheritdoc />
    public string Title => "币种";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var other = CompensationClaim.Read(input.Data).Lines.Where(line => line.Currency != "CNY").ToList();
        return other.Count == 0
            ? new RuleResult(Verdict.Pass, "人民币", "人民币", "均以人民币申请。")
            : new RuleResult(
                Verdict.Fail, string.Join("、", other.Select(line => $"第 {line.Place} 行 {line.Currency}")), "人民币", "有以其他币种申请的费用，请退回折算。");
    }
}
