using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Commanders.Rules;

/// <summary>T§12(一): "没有违法违纪等不良记录". The applicant declares it and attaches proof; whether it is true the signers judge.</summary>
public sealed class CommanderCleanRecord : IRule
{
    /// <inheritdoc />
    public string RuleSet => CommanderRules.Appointment;

    /// <inheritdoc />
    public int Order => 30;

    /// <inheritdoc />
    public string Article => "T§12.1";

    /// <inheritdoc />
    public string Title => "无违法违纪等不良记录";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var isDeclared = FieldValues.Boolean(input.Data["cleanRecordDeclared"]);
        var files = input.FilesOf("cleanRecordFiles");
        var value = $"{(isDeclared ? "已声明" : "未声明")}，证明材料 {files} 份";
        const string expected = "已声明并附证明材料";
        return (isDeclared, files > 0) switch
        {
            (true, true) => new RuleResult(Verdict.Pass, value, expected, "已声明无不良记录并附证明材料，请核对材料内容。"),
            (true, false) => new RuleResult(Verdict.Fail, value, expected, "已声明无不良记录，但未附证明材料。"),
            _ => new RuleResult(Verdict.Fail, value, expected, "申请人未声明无违法违纪等不良记录。"),
        };
    }
}
