using System.Globalization;
using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Missions.Rules;

/// <summary>
/// T§14: "技术指挥官采用聘任制，每届任期5年"; T§3: only who holds the certificate of appointment is one. Judged on the day the appointment on
/// the scene takes effect, which may be later than the proposal. Nobody can waive it.
/// </summary>
public sealed class MissionTerm : IRule
{
    /// <inheritdoc />
    public string RuleSet => MissionRuleSet.Standing;

    /// <inheritdoc />
    public int Order => 10;

    /// <inheritdoc />
    public string Article => "T§14";

    /// <inheritdoc />
    public string Title => "任期和聘任证书";

    /// <inheritdoc />
    public RuleResult Judge(RuleInput input)
    {
        const string expected = "当日在任期内，聘任证书有效";
        var from = FieldValues.Date(input.Data["termStart"]);
        var until = FieldValues.Date(input.Data["termEnd"]);
        if (from is null || until is null)
        {
            return new RuleResult(Verdict.Fail, "未登记任期", expected, "信息库中没有该同志的任期，不能任命。");
        }

        var value = string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} 至 {until:yyyy-MM-dd}");
        return FieldValues.Text(input.Data["standing"]) is { } lost
                ? new RuleResult(Verdict.Fail, $"{value}，{lost}", expected, $"{lost}，任命不能成立。")
            : input.Today > until ? new RuleResult(Verdict.Fail, value, expected, "任期已经届满，任命不能成立。")
            : input.Today < from ? new RuleResult(Verdict.Fail, value, expected, "任期尚未开始，任命不能成立。")
            : new RuleResult(Verdict.Pass, value, expected, "在任期内，聘任证书有效。");
    }
}
