using System.Globalization;
using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Missions.Rules;

/// <summary>
/// T§20: "技术指挥官的人身意外伤害保险额度应不低于100万/人". Nobody goes to a scene without cover on that day, unless a leader says so in
/// writing: the finding can be waived, never passed.
/// </summary>
public sealed class MissionCover : IRule
{
    /// <inheritdoc />
    public string RuleSet => MissionRuleSet.Name;

    /// <inheritdoc />
    public int Order => 10;

    /// <inheritdoc />
    public string Article => "T§20";

    /// <inheritdoc />
    public string Title => "意外伤害保险";

    /// <inheritdoc />
    public bool IsWaivable => true;

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var least = input.Parameters.InForce(ParameterKeys.InsuranceSumMin, input.Today);
        var expected = string.Create(CultureInfo.InvariantCulture, $"≥ {least.Decimal:N0} 元/人，当日有效");
        var sum = FieldValues.Decimal(input.Data["coverSum"]);
        var until = FieldValues.Date(input.Data["coverUntil"]);
        if (sum is null || until is null)
        {
            return new RuleResult(
                Verdict.Fail, "无有效保险", expected, "没有当日有效且达到额度的意外伤害保险；须由分管领导书面说明理由特批。", least.Row);
        }

        var value = string.Create(CultureInfo.InvariantCulture, $"{sum:N0} 元，至 {until:yyyy-MM-dd}");
        return sum >= least.Decimal && until >= input.Today
            ? new RuleResult(Verdict.Pass, value, expected, "意外伤害保险有效，额度符合规定。", least.Row)
            : new RuleResult(Verdict.Fail, value, expected, "意外伤害保险已过期或额度不足；须由分管领导书面说明理由特批。", least.Row);
    }
}
