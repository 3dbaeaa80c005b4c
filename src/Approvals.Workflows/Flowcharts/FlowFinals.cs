namespace Approvals.Workflows;

/// <summary>
/// Behind what nobody goes back: activities that have ended by their final outcome (<see cref="ActivityAttribute.FinalOutcome"/>) in this
/// round. A way back that is drawn opens the round anew, and with it what was final.
/// </summary>
internal static class FlowFinals
{
    /// <summary>Whether something final was done at or ahead of an activity, in its flowchart or inside what stands there.</summary>
    public static bool Bars(ActivityRun flowchart, int target)
    {
        var (graph, state) = (((Flowchart)flowchart.Node.Activity).Graph, flowchart.Flow!);
        var plan = graph.PlanFor(state.Start);
        for (var node = 0; node < graph.Nodes.Length; node++)
        {
            if (plan.Ahead[target][node] && IsDone(graph, plan, state, node))
                return true;
        }

        return flowchart.Children?.Exists(child => plan.Ahead[target][child.Node.FlowIndex] && HasDone(child)) == true;
    }

    /// <summary>The activities of a flowchart that have done something final, by index.</summary>
    public static IEnumerable<int> Done(FlowGraph graph, FlowState state)
    {
        var plan = graph.PlanFor(state.Start);
        return Enumerable.Range(0, graph.Nodes.Length).Where(node => IsDone(graph, plan, state, node));
    }

    /// <summary>Whether an activity, or one inside it, may do something final.</summary>
    public static bool MayBeFinal(CompiledNode node) => node.Descriptor?.FinalOutcome is not null || node.Children.Any(MayBeFinal);

    private static bool IsDone(FlowGraph graph, FlowPlan plan, FlowState state, int node)
    {
        if (state.Completed[node] == 0 || !MayBeFinal(graph.Nodes[node]))
            return false;

        // Left by another outcome it has refused, and what was to be granted can be put right. What is inside a container that has ended is
        // not known any more: it counts as done.
        var final = graph.Nodes[node].Descriptor?.FinalOutcome;
        var followed = plan.ForwardOut[node].Where(connection => state.Marks[connection] == FlowState.Followed)
            .Select(connection => graph.Connections[connection].Port).ToList();
        return state.Nodes[node] switch
        {
            FlowState.Ran => final is null || followed.TrueForAll(port => port == final),

            // A first-come join ahead stops all that led to it, also what has ended before.
            FlowState.Stopped => final is null ? followed.Count > 0 : followed.Contains(final),
            _ => false,
        };
    }

    private static bool HasDone(ActivityRun run)
    {
        if (run.Flow is { } state)
        {
            if (Done(((Flowchart)run.Node.Activity).Graph, state).Any())
                return true;
        }
        else if (run.Children?.Exists(child => run.Node.Children.TakeWhile(node => node != child.Node).Any(MayBeFinal)) == true)
        {
            // In a sequence, and the like, what stands before the present activity has ended.
            return true;
        }

        return run.Children?.Exists(HasDone) == true;
    }
}
