using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Commanders.Rules;

/// <summary>T§12(四): "身体健康……能够胜任艰苦恶劣条件下的事故灾害现场技术处置工作". Stated by the applicant, shown by a health certificate.</summary>
public sealed class CommanderHealth : IRule
{
    /// <inheritdoc />
    public string RuleSet => CommanderRules.Appointment;

    /// <inheritdoc />
    public int Order => 40;

    /// <inheritdoc />
    public string Article => "T§12.4";

    /// <inheritdoc />
    public string Title => "身体健康";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var isStated = FieldValues.Text(input.Data["health"]) is not null;
        var files = input.FilesOf("healthCertificate");
        var value = $"{(isStated ? "已填写健康状况" : "未填写健康状况")}，体检证明 {files} 份";
        const string expected = "填写健康状况并附体检证明";
        return isStated && files > 0
            ? new RuleResult(Verdict.Pass, value, expected, "已填写健康状况并附体检证明，请核对证明内容。")
            : new RuleResult(Verdict.Fail, value, expected,
                files == 0 ? "未附体检证明。" : "未填写健康状况。");
    }
}
