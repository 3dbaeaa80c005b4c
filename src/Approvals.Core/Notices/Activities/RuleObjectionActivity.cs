using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Notices.Activities;

/// <summary>裁定异议 — makes the leader's decision take effect on the notice.</summary>
[Activity("Approvals", "RuleObjection", Category = Categories.Checking, DisplayName = "裁定异议", GeneratedName = "裁定异议",
    Description = "使领导对异议的决定生效：不成立的公示继续，成立的公示终止、业务件不予通过。")]
public sealed class RuleObjectionActivity : Activity
{
    /// <summary>The objection.</summary>
    [Input(DisplayName = "异议编号", DefaultSyntax = "JavaScript", Order = 1, Description = "由公示环节交给异议处理流程，通常切换为 JavaScript 写 getInput('objectionId')。")]
    public Input<string> ObjectionId { get; set; } = null!;

    /// <summary>The ruling.</summary>
    [Input(DisplayName = "裁定", UiHint = UiHints.RadioList, Options = ["不成立=异议不成立，公示继续", "成立=异议成立，终止公示"],
        DefaultValue = "不成立", Order = 2, Description = "与上一环节走到这里的出口一致。")]
    public Input<string> Ruling { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        if (!Guid.TryParse(context.Get(ObjectionId), out var objectionId))
        {
            context.Fault("没有给出异议编号。", "no-objection");
        }

        var scope = await CaseScope.LoadAsync(context);
        var isUpheld = context.Get(Ruling) == "成立";
        var last = await LastDecisionAsync(context);
        var ruling = new Ruling(
            isUpheld,
            FieldValues.Text(scope.Data["objectionInvestigation"]),
            FieldValues.Text(scope.Data["objectionRuling"]) ?? last?.Opinion,
            last?.DeciderId);
        var outcome = await context.Services.GetRequiredService<RuleObjection>()
            .RuleAsync(objectionId, ruling, context.CancellationToken);
        switch (outcome)
        {
            case RulingOutcome.NotFound:
                context.Fault("要裁定的异议不存在。", "no-objection");
                break;
            case RulingOutcome.Ruled:
                scope.AddEvent("objection", context.Node.DisplayText, isUpheld ? "裁定异议成立" : "裁定异议不成立，公示继续");
                break;
        }
    }

    private static async Task<Decision?> LastDecisionAsync(ActivityContext context)
    {
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        var steps = await db.StepRuns.AsNoTracking().Where(step => step.InstanceId == context.InstanceId)
            .Select(step => step.Id).ToListAsync(context.CancellationToken);
        return await db.DecisionsOfOwnSigners().AsNoTracking().Where(one => steps.Contains(one.StepRunId))
            .OrderByDescending(one => one.Id).FirstOrDefaultAsync(context.CancellationToken);
    }
}
