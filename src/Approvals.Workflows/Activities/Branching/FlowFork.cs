namespace Approvals.Workflows;

/// <summary>Follows all its branches.</summary>
[Activity("Elsa", "FlowFork", Category = Categories.Control, DisplayName = "分叉", GeneratedName = "分叉",
    Description = "同时走所有分支，之后用“汇合”合在一起。")]
internal sealed class FlowFork : Activity
{
    [Input(DisplayName = "分支", Description = "分支的名称；不填时只有一个出口，可连多条线。", UiHint = UiHints.DynamicOutcomes,
        InitialValue = """["分支一","分支二"]""")]
    public Input<List<string>> Branches { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        // "Done" is followed too: a fork may be drawn as several lines from its one unnamed port.
        var branches = context.Get(Branches) ?? [];
        return context.CompleteAsync([.. branches, "Done"]);
    }

    internal override IReadOnlyCollection<string>? Exits =>
        Branches.IsConstant ? [.. Branches.Constant ?? [], "Done"] : null;
}
