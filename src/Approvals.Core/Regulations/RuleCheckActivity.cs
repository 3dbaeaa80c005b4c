using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Designer;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Regulations;

/// <summary>规则核查 — judges the case by a set of rules; the findings stand beside the form and decide nothing by themselves.</summary>
[Activity("Approvals", "RuleCheck", Category = Categories.Checking, DisplayName = "规则核查", GeneratedName = "规则核查",
    Description = "按法规条款核查申请内容，结果（条款、数值、结论）显示在表单旁供审批人参考，系统不自动作出决定。")]
public sealed class RuleCheckActivity : Activity
{
    /// <summary>Rule set.</summary>
    [Input(DisplayName = "规则集", UiHint = UiHints.DropDown, OptionSource = OptionSources.RuleSets,
        DefaultValue = "commander-appointment", Order = 1, Description = "按哪一组法规条款核查。")]
    public Input<string> RuleSet { get; set; } = null!;

    /// <summary>How many rules are not met.</summary>
    [Output(DisplayName = "不符合项数", Description = "不符合的规则个数，可供后续判断使用。")]
    public Output<int> FailedCount { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var runner = context.Services.GetRequiredService<RuleRunner>();
        var findings = await runner.JudgeAsync(
            scope.Row, context.Get(RuleSet) ?? scope.Row.ProcessKey, context.Clock.Today(), context.CancellationToken);
        var failed = findings.Count(finding => finding.Verdict == Verdict.Fail);
        context.Set(FailedCount, failed);
        scope.AddEvent("checked", context.Node.DisplayText, failed == 0 ? "核查完毕，全部符合" : $"核查完毕，{failed} 项不符合");
        await context.CompleteAsync("Done");
    }
}
