using Approvals.Core.Cases;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Missions.Activities;

/// <summary>登记任命进展 — writes into the mission and the log of its event what the process has come to.</summary>
[Activity("Approvals", "MissionState", Category = Categories.Registers, DisplayName = "登记任命进展", GeneratedName = "登记进展",
    Description = "把现场任命的进展登记到突发事件：签署、任命生效、接受、拒绝及裁定、终止、报告、评估。终止时给出工作报告的期限。")]
public sealed class MissionStateActivity : Activity
{
    /// <summary>What the process has come to.</summary>
    [Input(DisplayName = "进展", UiHint = UiHints.DropDown, DefaultValue = "Appointed", Order = 1,
        Options = ["Signed=总指挥已签署，核对当日保险", "Standing=核对任期和聘任证书", "Appointed=任命生效", "Active=接受任命", "Refused=拒绝任命", "RefusalJustified=拒绝理由正当", "RefusalUnjustified=无正当理由拒绝",
            "Ended=终止指挥", "Reported=已交工作报告", "Evaluated=已评估", "Cancelled=任命未成立"],
        Description = "流程走到这里时，现场任命进展到哪一步。")]
    public Input<string> State { get; set; } = null!;

    /// <summary>Working days for the report.</summary>
    [Output(DisplayName = "报告期限（工作日）", Description = "进展为“终止指挥”时有值，取法规参数“现场工作报告期限”。")]
    public Output<int> ReportDays { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var records = context.Services.GetRequiredService<MissionRecords>();
        var none = context.CancellationToken;
        var state = context.Get(State);
        try
        {
            switch (state)
            {
                case "Signed": await records.SignedAsync(scope, none); break;
                case "Standing": await records.StandingAsync(scope, none); break;
                case "Appointed": await records.AppointedAsync(scope, none); break;
                case "Active": await records.ActiveAsync(scope, none); break;
                case "Refused": await records.RefusedAsync(scope, none); break;
                case "RefusalJustified": await records.RefusalRuledAsync(scope, true, none); break;
                case "RefusalUnjustified": await records.RefusalRuledAsync(scope, false, none); break;
                case "Ended": context.Set(ReportDays, await records.EndedAsync(scope, none)); break;
                case "Reported": await records.ReportedAsync(scope, none); break;
                case "Evaluated": await records.EvaluatedAsync(scope, none); break;
                case "Cancelled": await records.CancelledAsync(scope, none); break;
                default: context.Fault($"没有“{state}”这种进展。", "unknown-state"); break;
            }
        }
        catch (MissionStateException problem)
        {
            context.Fault(problem.Message, "mission-state");
        }
    }
}
