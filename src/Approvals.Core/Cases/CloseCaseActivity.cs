using Approvals.Workflows;

namespace Approvals.Core.Cases;

/// <summary>办结业务件: records how the case ended.</summary>
[Activity("Approvals", "CloseCase", Category = Categories.Approval, DisplayName = "办结业务件", GeneratedName = "办结",
    Description = "结束业务件并记录结果，通知申请人。放在流程的每个终点之前。")]
public sealed class CloseCaseActivity : Activity
{
    /// <summary>Its type name.</summary>
    public const string TypeName = "Approvals.CloseCase";

    /// <summary>How it ended.</summary>
    [Input(DisplayName = "结果", Description = "办结表示事项办成；未通过表示被驳回或不合格。", UiHint = UiHints.RadioList,
        Options = ["Completed=办结", "Rejected=未通过"], DefaultValue = "Completed", Order = 1)]
    public Input<string> Status { get; set; } = null!;

    /// <summary>In words.</summary>
    [Input(DisplayName = "结果说明", Description = "显示给申请人的一句话，例如“聘任完成”。", UiHint = UiHints.SingleLine, Order = 2)]
    public Input<string> Outcome { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var status = Enum.Parse<CaseStatus>(context.Get(Status) ?? nameof(CaseStatus.Completed));
        var outcome = context.Get(Outcome) ?? (status == CaseStatus.Completed ? "办结" : "未通过");
        await new CloseCase(context.Services).CloseAsync(scope, status, outcome, context.CancellationToken, context.InstanceId);
        scope.AddEvent(status == CaseStatus.Completed ? "completed" : "rejected", context.Node.DisplayText, outcome);
        await context.CompleteAsync("Done");
    }
}
