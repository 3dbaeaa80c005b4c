namespace Approvals.Workflows;

/// <summary>Activities joined by connections. Its rules are docs/decisions/0002-going-back.md and <see
/// cref="FlowRouter"/>.</summary>
[Activity("Elsa", "Flowchart", Category = Categories.Hidden, DisplayName = "流程图", GeneratedName = "流程图", Description = "由连线连接的一组活动。",
    IsContainer = true, IsBrowsable = false)]
internal sealed class Flowchart : Activity
{
    public FlowGraph Graph { get; private set; } = null!;

    internal override void Compile(NodeCompiler compiler) => Graph = FlowGraphReader.Read(compiler);

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var start = context.Burst.State.TriggerActivityId is { } trigger
            ? Graph.IndexOf(trigger)
            : -1;
        if (start < 0)
            start = Graph.DefaultStart;
        if (start >= 0)
            FlowRouter.Begin(context.Burst, context.Run, start);
        return default;
    }

    public override ValueTask OnChildCompletedAsync(ActivityContext context, ChildCompletion child)
    {
        if (child.Node.IsTerminal)
            return context.CompleteAsync();
        new FlowRouter(context.Burst, context.Run).Completed(child.Node.FlowIndex, child.Outcomes);
        return default;
    }
}
