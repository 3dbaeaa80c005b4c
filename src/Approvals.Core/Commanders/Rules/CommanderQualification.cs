using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Commanders.Rules;

/// <summary>T§12(三): "通过国家相应岗位资质培训及考核". Listed with number and date, shown by copies of the certificates.</summary>
public sealed class CommanderQualification : IRule
{
    /// <inheritdoc />
    public string RuleSet => CommanderRules.Appointment;

    /// <inheritdoc />
    public int Order => 50;

    /// <inheritdoc />
    public string Article => "T§12.3";

    /// <inheritdoc />
    public string Title => "岗位资质";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var listed = FieldValues.Rows(input.Data["qualifications"])
            .Count(row => FieldValues.Text(row["name"]) is not null && FieldValues.Text(row["number"]) is not null);
        var files = input.FilesOf("qualificationFiles");
        var value = $"资质 {listed} 项，证书复印件 {files} 份";
        const string expected = "至少 1 项资质并附证书复印件";
        return (listed, files) switch
        {
            (0, _) => new RuleResult(Verdict.Fail, value, expected, "未填写国家相应岗位资质。"),
            (_, 0) => new RuleResult(Verdict.Fail, value, expected, "已填写岗位资质，但未附证书复印件。"),
            _ when files < listed => new RuleResult(Verdict.Warning, value, expected,
                $"填写 {listed} 项资质，只附 {files} 份证书复印件，请核对是否齐全。"),
            _ => new RuleResult(Verdict.Pass, value, expected, "已填写岗位资质并附证书复印件，请核对证书内容。"),
        };
    }
}
