namespace Approvals.Workflows;

/// <summary>Sets a named output of the workflow.</summary>
[Activity("Elsa", "SetOutput", Category = Categories.Control, DisplayName = "设置输出", GeneratedName = "设置输出",
    Description = "子流程把一个数据交给上级流程。")]
internal sealed class SetOutput : Activity
{
    [Input(DisplayName = "输出名称", Description = "须先在本流程的“输出”中登记。", UiHint = UiHints.OutputPicker, Order = 0)]
    public Input<string> OutputName { get; set; } = null!;

    [Input(DisplayName = "值", Description = "输出的值。", Order = 1)]
    public Input<object> OutputValue { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var name = context.Get(OutputName);
        if (string.IsNullOrWhiteSpace(name))
            context.Fault("没有填写输出名称。");
        context.SetWorkflowOutput(name, context.Get(OutputValue));
        return default;
    }
}

/// <summary>Names the instance.</summary>
[Activity("Elsa", "SetName", Category = Categories.Hidden, DisplayName = "设置名称", GeneratedName = "设置名称", IsBrowsable = false,
    Description = "给流程实例命名。")]
internal sealed class SetName : Activity
{
    [Input(DisplayName = "名称", Description = "实例的名称。")]
    public Input<string> Value { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.InstanceName = context.Get(Value);
        return default;
    }
}

/// <summary>Sets the correlation id.</summary>
[Activity("Elsa", "Correlate", Category = Categories.Hidden, DisplayName = "关联", GeneratedName = "关联", IsBrowsable = false,
    Description = "设置流程实例的关联编号。业务件的流程不能使用：它的关联编号就是业务件本身。")]
internal sealed class Correlate : Activity
{
    [Input(DisplayName = "关联编号", Description = "业务件的编号。")]
    public Input<string> CorrelationId { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.CorrelationId = context.Get(CorrelationId);
        return default;
    }
}

/// <summary>Makes an incident on purpose.</summary>
[Activity("Elsa", "Fault", Category = Categories.Hidden, DisplayName = "报错", GeneratedName = "报错", IsBrowsable = false,
    Description = "使流程在此出错，等待处理。")]
internal sealed class Fault : Activity
{
    [Input(DisplayName = "代码", Description = "错误代码。", Order = 0)]
    public Input<string> Code { get; set; } = null!;

    [Input(DisplayName = "类别", Description = "错误类别。", Order = 1)]
    public Input<string> Category { get; set; } = null!;

    [Input(DisplayName = "类型", Description = "错误类型。", Order = 2)]
    public Input<string> FaultType { get; set; } = null!;

    [Input(DisplayName = "消息", Description = "错误说明。", Order = 3)]
    public Input<string> Message { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var code = string.Join('/', new[] { context.Get(Category), context.Get(FaultType), context.Get(Code) }
            .Where(part => !string.IsNullOrEmpty(part)));
        context.Fault(context.Get(Message) ?? "流程报错。", code.Length == 0 ? null : code);
        return default;
    }
}
