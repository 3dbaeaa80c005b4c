using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Compensation.Rules;

/// <summary>W四(一): one cost is compensated once. The same invoice is refused at submission; this names what only looks alike, and former claims.</summary>
public sealed class CompensationDuplicates : IRule
{
    /// <inheritdoc />
    public string RuleSet => CompensationRuleSet.Name;

    /// <inheritdoc />
    public int Order => 30;

    /// <inheritdoc />
    public string Article => CompensationRuleSet.Article;

    /// <inheritdoc />
    public string Title => "重复申请";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var lines = CompensationClaim.Read(input.Data).Lines;
        const string expected = "同一费用只申请一次";
        var alike = lines.GroupBy(line => (line.Seller, line.Date, line.Amount)).Where(group => group.Count() > 1)
            .Select(group => $"第 {string.Join("、", group.Select(line => line.Place))} 行").ToList();
        if (alike.Count > 0)
        {
            return new RuleResult(
                Verdict.Warning, string.Join("；", alike), expected, "发票号码不同，但销售方、日期和金额相同，请核对是否同一笔费用。");
        }

        return FieldValues.Text(input.Data["formerClaims"]) is { } former
            ? new RuleResult(Verdict.Warning, former, expected, $"发票曾在业务件 {former} 中申请过，该申请未通过、已撤回或已更正，请核对当时的意见。")
            : new RuleResult(Verdict.Pass, $"{lines.Count} 张", expected, "没有重复的发票。");
    }
}
