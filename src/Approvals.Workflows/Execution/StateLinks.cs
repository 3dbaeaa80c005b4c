namespace Approvals.Workflows;

/// <summary>Joins a state read from storage to the compiled workflow it runs.</summary>
internal static class StateLinks
{
    public static void Link(CompiledWorkflow workflow, WorkflowState state)
    {
        foreach (var run in state.Runs)
        {
            run.Node = workflow.FindNode(run.NodeId)
                ?? throw new InvalidOperationException(
                    $"Activity '{run.NodeId}' is not in version '{workflow.Definition.Id}'; "
                    + $"the instance runs '{state.DefinitionVersionId}'.");
            run.Children = null;
            run.Context = null;
            run.Parent = null;
            run.DetourBy = null;
            run.DetourFor = null;
        }

        foreach (var run in state.Runs)
        {
            if (run.ParentId is { } parentId)
            {
                run.Parent = Find(state, parentId);
                (run.Parent.Children ??= []).Add(run);
            }

            if (run.DetourForId is { } originId)
            {
                run.DetourFor = Find(state, originId);
                run.DetourFor.DetourBy = run;
            }
        }
    }

    private static ActivityRun Find(WorkflowState state, Guid id) =>
        state.Runs.Find(r => r.Id == id) ?? throw new InvalidOperationException($"Run {id} is missing from the state.");
}
