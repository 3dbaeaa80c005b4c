namespace Approvals.Workflows;

/// <summary>Runs its body while a condition holds, asked before each round.</summary>
[Activity("Elsa", "While", Category = Categories.Hidden, DisplayName = "当…时循环", GeneratedName = "循环", IsBrowsable = false,
    Description = "条件为真时重复运行循环体。")]
internal sealed class While : Loop
{
    [Input(DisplayName = "条件", Description = "每轮之前求值，为真时继续。", DefaultSyntax = "JavaScript", AutoEvaluate = false)]
    public Input<bool> Condition { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context) => NextAsync(context);

    public override ValueTask OnChildCompletedAsync(ActivityContext context, ChildCompletion child) => NextAsync(context);

    private async ValueTask NextAsync(ActivityContext context)
    {
        if (await context.EvaluateAsync(Condition))
            context.Schedule(Body);
    }
}
