namespace Approvals.Workflows;

/// <summary>Goes one of two ways.</summary>
[Activity("Elsa", "FlowDecision", Category = "分支", DisplayName = "条件判断", Description = "按条件走“是”或“否”。")]
[Outcome("True", "是")]
[Outcome("False", "否")]
internal sealed class FlowDecision : Activity
{
    private static readonly string[] True = ["True"];
    private static readonly string[] False = ["False"];

    [Input(DisplayName = "条件", Description = "结果为真时走“是”。", DefaultSyntax = "JavaScript")]
    public Input<bool> Condition { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context) =>
        context.CompleteAsync(context.Get(Condition) ? True : False);
}
