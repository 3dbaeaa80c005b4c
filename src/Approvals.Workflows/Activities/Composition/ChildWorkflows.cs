using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Base of activities that have the host start another workflow.</summary>
internal abstract class ChildWorkflowActivity : Activity
{
    [Input(DisplayName = "流程", Description = "要启动的流程。", UiHint = UiHints.WorkflowDefinitionPicker, Order = 0)]
    public Input<string> WorkflowDefinitionId { get; set; } = null!;

    [Input(DisplayName = "关联编号", Description = "新实例的关联编号；不填则与本实例相同。", Order = 1)]
    public Input<string> CorrelationId { get; set; } = null!;

    [Input(DisplayName = "输入", Description = "新实例的输入，JSON 对象。", UiHint = UiHints.JsonEditor, DefaultSyntax = "JavaScript",
        Order = 2)]
    public Input<JsonObject> Input { get; set; } = null!;

    [Output(DisplayName = "结果", Description = "子流程的输出；不等待时为子流程实例编号。")]
    public Output<object> Result { get; set; } = null!;

    public override ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        context.Set(Result, input);
        return context.CompleteAsync();
    }

    protected void Start(ActivityContext context, bool wait, bool inSameTransaction)
    {
        var definitionId = context.Get(WorkflowDefinitionId);
        if (string.IsNullOrWhiteSpace(definitionId))
            context.Fault("没有选择要启动的流程。");
        var instanceId = Guid.CreateVersion7(context.Clock.GetUtcNow());
        var correlation = context.Get(CorrelationId);
        var bookmark = wait ? context.CreateBookmark(BookmarkKinds.Child, instanceId.ToString()) : null;
        context.Start(new ChildWorkflowRequest(
            instanceId, definitionId, string.IsNullOrEmpty(correlation) ? context.CorrelationId : correlation,
            (context.Get(Input) ?? []).ToDictionary(p => p.Key, p => Values.FromJsonScalar(p.Value?.DeepClone())),
            context.InstanceId, bookmark?.Id, inSameTransaction));
        if (!wait)
            context.Set(Result, instanceId.ToString());
    }
}

/// <summary>Runs another workflow and, usually, waits for it.</summary>
[Activity("Elsa", "ExecuteWorkflow", Category = Categories.Hidden, DisplayName = "执行流程", GeneratedName = "执行流程",
    IsBrowsable = false, CanWait = true, Description = "启动另一个流程，并等待它结束。新流程请用“子流程”。")]
internal sealed class ExecuteWorkflow : ChildWorkflowActivity
{
    [Input(DisplayName = "等待结束", Description = "是否等子流程结束后再继续。", DefaultValue = true, Order = 3)]
    public Input<bool> WaitForCompletion { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        Start(context, context.Get(WaitForCompletion), inSameTransaction: true);
        return default;
    }
}

/// <summary>Has another workflow started in the background.</summary>
[Activity("Elsa", "DispatchWorkflow", Category = Categories.Hidden, DisplayName = "派发流程", GeneratedName = "派发流程",
    IsBrowsable = false, CanWait = true, Description = "在后台启动另一个流程。新流程请用“发起后续业务”。")]
internal sealed class DispatchWorkflow : ChildWorkflowActivity
{
    [Input(DisplayName = "等待结束", Description = "是否等子流程结束后再继续。", DefaultValue = false, Order = 3)]
    public Input<bool> WaitForCompletion { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        Start(context, context.Get(WaitForCompletion), inSameTransaction: false);
        return default;
    }
}
