namespace Approvals.Workflows;

/// <summary>Says of a stored instance where what waits in it may go back to. Nothing is run.</summary>
public static class StateReturns
{
    /// <summary>
    /// Ids of the activities that a waiting one may return to, as <see cref="ActivityContext.EarlierActivities"/> tells it when it runs; none
    /// when it does not wait.
    /// </summary>
    /// <param name="workflow">The version the instance runs on.</param>
    /// <param name="state">Its state.</param>
    /// <param name="activityId">The waiting activity.</param>
    public static IReadOnlyList<string> Of(CompiledWorkflow workflow, WorkflowState state, string activityId)
    {
        StateLinks.Link(workflow, state);
        return state.Runs.Find(run => run.Node.Id == activityId && !run.HasChildren) is { } waiting ? EarlierThan(waiting) : [];
    }

    /// <summary>The same for a run that is joined to its workflow.</summary>
    internal static IReadOnlyList<string> EarlierThan(ActivityRun run)
    {
        var earlier = new List<string>();
        for (var inner = run; inner.Parent is { } parent; inner = parent)
        {
            if (parent.Flow is not null)
            {
                earlier.AddRange(FlowRouter.EarlierThan(parent, inner.Node.FlowIndex)
                    .Select(node => ((Flowchart)parent.Node.Activity).Graph.Nodes[node].Id));
            }
        }

        return earlier;
    }
}
