namespace Approvals.Workflows;

/// <summary>Runs one of two embedded activities.</summary>
[Activity("Elsa", "If", Category = Categories.Hidden, DisplayName = "如果", GeneratedName = "如果", IsBrowsable = false,
    Description = "按条件运行两个内嵌活动之一。新流程请用“条件判断”。")]
internal sealed class If : Activity
{
    [Input(DisplayName = "条件", Description = "结果为真时运行“那么”，否则运行“否则”。", DefaultSyntax = "JavaScript")]
    public Input<bool> Condition { get; set; } = null!;

    [Output(DisplayName = "结果", Description = "条件的结果。")]
    public Output<bool> Result { get; set; } = null!;

    [Port(DisplayName = "那么")]
    public Port Then { get; set; } = null!;

    [Port(DisplayName = "否则")]
    public Port Else { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var met = context.Get(Condition);
        context.Set(Result, met);
        context.Schedule(met ? Then : Else);
        return default;
    }
}
