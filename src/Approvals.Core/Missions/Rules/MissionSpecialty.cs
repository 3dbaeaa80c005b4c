using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Missions.Rules;

/// <summary>
/// T§3: "负责组织实施某一专业领域应急处置具体技战术应用". The specialty of the commander against that of the event; the general commander
/// decides, T§6.
/// </summary>
public sealed class MissionSpecialty : IRule
{
    /// <inheritdoc />
    public string RuleSet => MissionRuleSet.Name;

    /// <inheritdoc />
    public int Order => 20;

    /// <inheritdoc />
    public string Article => "T§3";

    /// <inheritdoc />
    public string Title => "专业领域";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        var own = FieldValues.Text(input.Data["specialtyName"]) ?? "未登记";
        var needed = FieldValues.Text(input.Data["eventSpecialtyName"]) ?? "";
        return FieldValues.Text(input.Data["specialty"]) == FieldValues.Text(input.Data["eventSpecialty"])
            ? new RuleResult(Verdict.Pass, own, needed, "专业领域与事件所需一致。")
            : new RuleResult(Verdict.Warning, own, needed, $"专业领域为{own}，事件所需为{needed}，请总指挥斟酌。");
    }
}
