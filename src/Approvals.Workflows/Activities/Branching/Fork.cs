namespace Approvals.Workflows;

/// <summary>When a <see cref="Fork"/> ends.</summary>
public enum ForkJoinMode
{
    /// <summary>When all branches ended.</summary>
    WaitAll,

    /// <summary>When the first branch ended; the others are withdrawn.</summary>
    WaitAny,
}

/// <summary>Runs embedded activities side by side.</summary>
[Activity("Elsa", "Fork", Category = Categories.Hidden, DisplayName = "并行分支", GeneratedName = "并行分支", Description = "同时运行多个内嵌活动。", IsContainer = true,
    IsBrowsable = false)]
internal sealed class Fork : Activity
{
    private readonly List<CompiledNode> _branches = [];

    [Input(DisplayName = "结束方式", Description = "等待所有分支，或先完成者结束。", DefaultValue = "WaitAll",
        Options = ["WaitAll=等待所有分支", "WaitAny=先完成者结束"])]
    public ForkJoinMode JoinMode { get; set; }

    internal override void Compile(NodeCompiler compiler)
    {
        foreach (var (json, path) in JsonRead.Objects(compiler.Json, "branches", compiler.Path))
            _branches.Add(compiler.CompileChild(json, path));
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        foreach (var branch in _branches)
            context.Schedule(branch);
        return default;
    }

    public override ValueTask OnChildCompletedAsync(ActivityContext context, ChildCompletion child) =>
        JoinMode == ForkJoinMode.WaitAny ? context.CompleteAsync() : default;
}
