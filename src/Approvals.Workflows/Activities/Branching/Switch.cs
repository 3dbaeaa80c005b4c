namespace Approvals.Workflows;

/// <summary>Runs the embedded activities whose conditions are met, or the default one.</summary>
[Activity("Elsa", "Switch", Category = Categories.Hidden, DisplayName = "选择", GeneratedName = "选择", IsBrowsable = false,
    Description = "按条件运行内嵌活动，都不满足时运行“默认”。")]
internal sealed class Switch : Activity
{
    private SwitchCase[] _cases = [];

    [Input(DisplayName = "分支", Description = "每个分支的名称、条件与活动。", UiHint = UiHints.SwitchEditor, Order = 0)]
    public System.Text.Json.Nodes.JsonArray? Cases { get; set; }

    [Input(DisplayName = "匹配方式", Description = "只运行第一个满足的分支，或运行所有满足的分支。", DefaultValue = "MatchFirst",
        Options = ["MatchFirst=第一个满足的", "MatchAny=所有满足的"], Order = 1)]
    public Input<SwitchMode> Mode { get; set; } = null!;

    [Output(DisplayName = "结果", Description = "满足的分支名称。")]
    public Output<object> Output { get; set; } = null!;

    [Port(DisplayName = "默认")]
    public Port Default { get; set; } = null!;

    internal override void Compile(NodeCompiler compiler) => _cases = SwitchCase.ReadAll(compiler);

    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var met = await SwitchCase.MatchAsync(_cases, context.Get(Mode), context);
        context.Set(Output, met.Count == 0 ? "Default" : string.Join(",", met.Select(c => c.Label)));
        if (met.Count == 0)
            context.Schedule(Default);
        foreach (var body in met.Select(c => c.Body).OfType<CompiledNode>())
            context.Schedule(body);
    }
}
