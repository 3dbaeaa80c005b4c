namespace Approvals.Workflows;

/// <summary>Goes one of two ways.</summary>
[Activity("Elsa", "FlowDecision", Category = Categories.Control, DisplayName = "条件判断", GeneratedName = "条件判断",
    Description = "按条件走“是”或“否”。")]
[Outcome("True", "是")]
[Outcome("False", "否")]
internal sealed class FlowDecision : Activity
{
    private static readonly string[] True = ["True"];
    private static readonly string[] False = ["False"];

    [Input(DisplayName = "条件", Description = "切换为 JavaScript 写条件，成立时走“是”，例如 data.age <= 60。", DefaultSyntax = "JavaScript")]
    public Input<bool> Condition { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context) =>
        context.CompleteAsync(context.Get(Condition) ? True : False);
}
