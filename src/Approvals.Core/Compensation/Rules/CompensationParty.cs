using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Compensation.Rules;

/// <summary>W四(一): "对没有责任单位或责任单位确实无力承担的"; N二(六): the unit of the accident compensates the team otherwise. Whether the
/// evidence holds the section judges.</summary>
public sealed class CompensationParty : IRule
{
    /// <inheritdoc />
    public string RuleSet => CompensationRuleSet.Name;

    /// <inheritdoc />
    public int Order => 10;

    /// <inheritdoc />
    public string Article => "W四(一)、N二(六)";

    /// <inheritdoc />
    public string Title => "责任单位";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var files = input.FilesOf("responsibilityFiles");
        var isDeclared = FieldValues.Boolean(input.Data["notPaidDeclared"]);
        var party = FieldValues.Text(input.Data["responsibleParty"]);
        var isUnable = FieldValues.Text(input.Data["responsibility"]) == "unable";
        var value = $"{(isUnable ? $"{party ?? "责任单位（未填写）"}无力承担" : "没有责任单位")}，证明材料 {files} 份";
        const string expected = "没有责任单位，或者责任单位确实无力承担，并附证明";
        return (isDeclared, isUnable, files) switch
        {
            (false, _, _) => new RuleResult(Verdict.Fail, value, expected, "申请人未声明没有从其他渠道取得同一费用的补偿。"),
            (_, true, 0) => new RuleResult(Verdict.Fail, value, expected, "声明责任单位无力承担，但未附证明材料。"),
            (_, false, 0) => new RuleResult(Verdict.Warning, value, expected, "声明没有责任单位，未附事故调查结论等材料，请核实是否应由责任单位承担。"),
            _ => new RuleResult(Verdict.Pass, value, expected, "已声明并附证明材料，请核对材料内容。"),
        };
    }
}
