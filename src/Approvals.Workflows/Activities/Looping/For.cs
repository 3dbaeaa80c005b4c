namespace Approvals.Workflows;

/// <summary>Counts, and runs its body for each number.</summary>
[Activity("Elsa", "For", Category = Categories.Hidden, DisplayName = "计数循环", GeneratedName = "计数循环", IsBrowsable = false,
    Description = "从起始值数到结束值，每个值运行一次循环体。")]
internal sealed class For : Loop
{
    [Input(DisplayName = "起始值", Description = "第一个值。", DefaultValue = 0, Order = 0)]
    public Input<int> Start { get; set; } = null!;

    [Input(DisplayName = "结束值", Description = "最后一个值。", DefaultValue = 0, Order = 1)]
    public Input<int> End { get; set; } = null!;

    [Input(DisplayName = "步长", Description = "每次增加多少，可为负数。", DefaultValue = 1, Order = 2)]
    public Input<int> Step { get; set; } = null!;

    [Input(DisplayName = "包含结束值", Description = "结束值本身是否也运行。", DefaultValue = true, Order = 3)]
    public Input<bool> OuterBoundInclusive { get; set; } = null!;

    [Output(DisplayName = "当前值", Description = "正在运行的值。")]
    public Output<object> CurrentValue { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.Get(Step) == 0)
            context.Fault("步长不能为 0。");
        Next(context, context.Get(Start), 0);
        return default;
    }

    public override ValueTask OnChildCompletedAsync(ActivityContext context, ChildCompletion child)
    {
        Next(context, context.GetState<long>("Current") + context.Get(Step), context.GetState<int>("Index") + 1);
        return default;
    }

    private void Next(ActivityContext context, long current, int index)
    {
        var (end, step) = (context.Get(End), context.Get(Step));
        var inside = step > 0 ? current < end : current > end;
        if (!inside && !(current == end && context.Get(OuterBoundInclusive)))
            return;
        context.SetState("Current", current);
        context.SetState("Index", index);
        context.Set(CurrentValue, (int)current);
        context.Schedule(Body, Locals((int)current, index));
    }
}
