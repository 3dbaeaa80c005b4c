using Approvals.Core.Regulations;

namespace Approvals.Core.Compensation.Rules;

/// <summary>W四(一): "给予适当的资金补偿" — the lines add up, to the fen, and none is zero or less.</summary>
public sealed class CompensationAmounts : IRule
{
    /// <inheritdoc />
    public string RuleSet => CompensationRuleSet.Name;

    /// <inheritdoc />
    public int Order => 40;

    /// <inheritdoc />
    public string Article => CompensationRuleSet.Article;

    /// <inheritdoc />
    public string Title => "申请金额";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var claim = CompensationClaim.Read(input.Data);
        var wrong = claim.Lines.Where(line => line.Amount is not { } amount || amount <= 0 || decimal.Round(amount, 2) != amount)
            .Select(line => $"第 {line.Place} 行").ToList();
        var value = $"{claim.Lines.Count} 张，合计 {CompensationRules.Yuan(claim.Claimed)} 元";
        const string expected = "每行大于零，精确到分";
        return claim.Lines.Count == 0 ? new RuleResult(Verdict.Fail, value, expected, "没有费用明细。")
            : wrong.Count > 0 ? new RuleResult(Verdict.Fail, value, expected, $"{string.Join("、", wrong)}的金额有误。")
            : new RuleResult(Verdict.Pass, value, expected, "各行金额有效，请逐行与发票核对。");
    }
}
