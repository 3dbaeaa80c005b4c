using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Commanders.Rules;

/// <summary>
/// T§12(四): "身体健康，年龄在60周岁以下（特殊行业专业优秀人才可适当放宽）". 以下 includes the number itself; the age is that in completed
/// years on the day of the check, from the identity number.
/// </summary>
public sealed class CommanderAgeLimit : IRule
{
    /// <inheritdoc />
    public string RuleSet => CommanderRules.Appointment;

    /// <inheritdoc />
    public int Order => 10;

    /// <inheritdoc />
    public string Article => "T§12.4";

    /// <inheritdoc />
    public string Title => "年龄条件";

    /// <inheritdoc />
    public bool IsWaivable => true;

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var limit = input.Parameters.InForce(ParameterKeys.CommanderAgeMax, input.Today);
        var expected = $"≤ {limit.Whole} 周岁";
        if (IdentityNumber.Parse(FieldValues.Text(input.Data["identityNumber"]), input.Today) is not { } id)
        {
            return new RuleResult(Verdict.Fail, "无法计算", expected, "身份证号码缺失或有误，无法计算年龄。", limit.Row);
        }

        var age = Ages.CompletedYears(id.BirthDate, input.Today);
        return age <= limit.Whole
            ? new RuleResult(Verdict.Pass, $"{age} 周岁", expected, $"申请人 {age} 周岁，符合年龄条件。", limit.Row)
            : new RuleResult(Verdict.Fail, $"{age} 周岁", expected,
                $"申请人 {age} 周岁，超过 {limit.Whole} 周岁；属特殊行业专业优秀人才拟适当放宽的，须写明理由并由分管领导签字。", limit.Row);
    }
}
