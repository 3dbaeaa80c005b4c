namespace Approvals.Workflows;

/// <summary>Goes the ways whose conditions are met, or <c>Default</c>.</summary>
[Activity("Elsa", "FlowSwitch", Category = Categories.Control, DisplayName = "多路分支", GeneratedName = "多路分支",
    Description = "按条件走一个或多个出口，都不满足时走“默认”。")]
[Outcome("Default", "默认")]
internal sealed class FlowSwitch : Activity
{
    private SwitchCase[] _cases = [];

    [Input(DisplayName = "分支", Description = "每个分支写名称和条件，例如名称“大额”，条件 data.amount > 50000。", UiHint = UiHints.FlowSwitchEditor, Order = 0)]
    public System.Text.Json.Nodes.JsonArray? Cases { get; set; }

    [Input(DisplayName = "匹配方式", Description = "只走第一个满足的分支，或走所有满足的分支。", DefaultValue = "MatchFirst",
        Options = ["MatchFirst=第一个满足的", "MatchAny=所有满足的"], Order = 1)]
    public Input<SwitchMode> Mode { get; set; } = null!;

    internal override IReadOnlyCollection<string>? Exits => [.. _cases.Select(c => c.Label), "Default"];

    internal override void Compile(NodeCompiler compiler) => _cases = SwitchCase.ReadAll(compiler);

    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var met = await SwitchCase.MatchAsync(_cases, context.Get(Mode), context);
        await context.CompleteAsync(met.Count == 0 ? ["Default"] : [.. met.Select(c => c.Label)]);
    }
}
