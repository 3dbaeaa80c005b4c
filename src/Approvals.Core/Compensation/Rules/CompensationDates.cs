using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Compensation.Rules;

/// <summary>W四(一): what is compensated are the costs of this rescue; invoices are usually dated in it.</summary>
public sealed class CompensationDates : IRule
{
    /// <inheritdoc />
    public string RuleSet => CompensationRuleSet.Name;

    /// <inheritdoc />
    public int Order => 20;

    /// <inheritdoc />
    public string Article => CompensationRuleSet.Article;

    /// <inheritdoc />
    public string Title => "发票日期";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var from = FieldValues.Date(input.Data["eventFrom"]);
        var until = FieldValues.Date(input.Data["eventUntil"]);
        var lines = CompensationClaim.Read(input.Data).Lines;
        if (from is null || until is null)
        {
            return new RuleResult(Verdict.Fail, "事件日期未登记", "发票日期在救援期间", "没有突发事件的起止日期，无法核对。");
        }

        var expected = $"{from:yyyy-MM-dd} 至 {until:yyyy-MM-dd}";
        var outside = lines.Where(line => line.Date is not { } date || date < from || date > until).ToList();
        if (outside.Count == 0)
        {
            return new RuleResult(Verdict.Pass, $"{lines.Count} 张均在期间内", expected, "发票日期均在救援期间内。");
        }

        var value = string.Join("、", outside.Select(line => $"第 {line.Place} 行 {line.Date:yyyy-MM-dd}"));
        return outside.Any(line => line.Date is null || line.Date < from)
            ? new RuleResult(Verdict.Fail, value, expected, "有发票早于救援开始，请核实是否用于本次救援。")
            : new RuleResult(Verdict.Warning, value, expected, "有发票在救援结束后开具，请核实费用是否发生在本次救援。");
    }
}
