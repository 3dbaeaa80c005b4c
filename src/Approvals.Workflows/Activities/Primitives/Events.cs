namespace Approvals.Workflows;

/// <summary>Waits for a named event.</summary>
[Activity("Elsa", "Event", Category = Categories.Hidden, DisplayName = "等待事件", GeneratedName = "等待事件", IsBrowsable = false,
    Description = "等待指定名称的事件。新流程请用“等待消息”。", Kind = ActivityKind.Trigger,
    CanWait = true)]
internal sealed class Event : Activity
{
    [Input(DisplayName = "事件名称", Description = "要等待的事件。")]
    public Input<string> EventName { get; set; } = null!;

    [Output(DisplayName = "结果", Description = "事件带来的数据。")]
    public Output<object> Result { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.IsTrigger)
            return context.CompleteAsync();
        var name = context.Get(EventName);
        if (string.IsNullOrWhiteSpace(name))
            context.Fault("没有填写事件名称。");
        context.CreateBookmark(BookmarkKinds.Event, name);
        return default;
    }

    public override ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        context.Set(Result, input);
        return context.CompleteAsync();
    }
}

/// <summary>Publishes a named event.</summary>
[Activity("Elsa", "PublishEvent", Category = Categories.Hidden, DisplayName = "发布事件", GeneratedName = "发布事件", IsBrowsable = false,
    Description = "发布一个事件，唤醒等待它的流程。新流程请用“发送消息”。")]
internal sealed class PublishEvent : Activity
{
    [Input(DisplayName = "事件名称", Description = "要发布的事件。", Order = 0)]
    public Input<string> EventName { get; set; } = null!;

    [Input(DisplayName = "关联编号", Description = "只唤醒有此关联编号的流程；不填则不限。", Order = 1)]
    public Input<string> CorrelationId { get; set; } = null!;

    [Input(DisplayName = "仅本流程", Description = "只唤醒本流程实例。", Order = 2)]
    public Input<bool> IsLocalEvent { get; set; } = null!;

    [Input(DisplayName = "数据", Description = "随事件带去的数据。", UiHint = UiHints.JsonEditor, Order = 3)]
    public Input<object> Payload { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var name = context.Get(EventName);
        if (string.IsNullOrWhiteSpace(name))
            context.Fault("没有填写事件名称。");
        var correlation = context.Get(CorrelationId);
        context.Publish(new PublishedEvent(
            name, string.IsNullOrEmpty(correlation) ? null : correlation, context.Get(IsLocalEvent), context.Get(Payload)));
        return default;
    }
}
