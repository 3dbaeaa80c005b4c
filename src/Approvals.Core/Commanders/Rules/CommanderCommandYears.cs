using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Commanders.Rules;

/// <summary>T§12(三): "具有5年以上指挥岗位的任职经历". 以上 includes the number itself; posts held at once count once.</summary>
public sealed class CommanderCommandYears : IRule
{
    /// <inheritdoc />
    public string RuleSet => CommanderRules.Appointment;

    /// <inheritdoc />
    public int Order => 20;

    /// <inheritdoc />
    public string Article => "T§12.3";

    /// <inheritdoc />
    public string Title => "指挥岗位任职年限";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var least = input.Parameters.InForce(ParameterKeys.CommandYearsMin, input.Today);
        var periods = FieldValues.Rows(input.Data["commandHistory"]).Select(CommandYears.PeriodOf);
        var years = CommandYears.Completed(periods, input.Today);
        var expected = $"≥ {least.Whole} 年";
        return years >= least.Whole
            ? new RuleResult(Verdict.Pass, $"{years} 年", expected, $"指挥岗位任职累计满 {years} 年，符合条件。", least.Row)
            : new RuleResult(Verdict.Fail, $"{years} 年", expected,
                $"指挥岗位任职累计满 {years} 年，不足 {least.Whole} 年；请核对任职经历及证明。", least.Row);
    }
}
