namespace Approvals.Workflows;

/// <summary>Activities one after another.</summary>
[Activity("Elsa", "Sequence", Category = Categories.Hidden, DisplayName = "顺序", GeneratedName = "顺序", Description = "依次运行一组活动。", IsContainer = true,
    IsBrowsable = false)]
internal sealed class Sequence : Activity
{
    private readonly List<CompiledNode> _steps = [];

    internal override void Compile(NodeCompiler compiler)
    {
        foreach (var (json, path) in JsonRead.Objects(compiler.Json, "activities", compiler.Path))
            _steps.Add(compiler.CompileChild(json, path));
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (_steps.Count > 0)
            context.Schedule(_steps[0]);
        return default;
    }

    public override ValueTask OnChildCompletedAsync(ActivityContext context, ChildCompletion child)
    {
        var next = _steps.IndexOf(child.Node) + 1;
        if (next < _steps.Count && !child.Node.IsTerminal)
            context.Schedule(_steps[next]);
        return default;
    }
}
