namespace Approvals.Workflows;

/// <summary>Base of activities that run an embedded body again and again.</summary>
internal abstract class Loop : Activity
{
    [Port(DisplayName = "循环体")]
    public Port Body { get; set; } = null!;

    internal override bool CountsRounds => true;

    protected static Dictionary<string, object?> Locals(object? value, int index) =>
        new(StringComparer.Ordinal) { ["CurrentValue"] = value, ["CurrentIndex"] = index };
}

/// <summary>Leaves the nearest loop.</summary>
[Activity("Elsa", "Break", Category = Categories.Control, DisplayName = "跳出循环", GeneratedName = "跳出循环",
    Description = "放在循环体中：结束所在的循环，继续循环之后的步骤。", IsTerminal = true)]
internal sealed class Break : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (!context.EndAround(node => node.Activity is Loop, ActivityContext.DoneOutcome))
            context.Fault("“跳出循环”不在循环之中。");
        return default;
    }
}
