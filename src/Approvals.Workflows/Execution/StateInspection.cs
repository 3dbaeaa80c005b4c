namespace Approvals.Workflows;

/// <summary>A variable of a running instance.</summary>
/// <param name="Id">Its id in the definition.</param>
/// <param name="Name">Its name.</param>
/// <param name="NodeId">Path of the container that declares it.</param>
/// <param name="Value">Its value; null, too, when its container does not run.</param>
public sealed record InspectedVariable(string Id, string Name, string NodeId, object? Value);

/// <summary>An input of an activity.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The fixed value, or the one an expression had when the activity began; null while that is not known.</param>
/// <param name="IsFixed">Whether the value stands in the definition; others may carry data of the case.</param>
public sealed record InspectedInput(string Name, object? Value, bool IsFixed);

/// <summary>Shows people what is inside a stored state. Reads only.</summary>
public static class StateInspection
{
    /// <summary>The variables of the workflow and of every container that runs, outer before inner.</summary>
    /// <param name="workflow">The version the instance runs on.</param>
    /// <param name="state">Its state.</param>
    public static IReadOnlyList<InspectedVariable> Variables(CompiledWorkflow workflow, WorkflowState state)
    {
        var found = new List<InspectedVariable>();
        foreach (var node in workflow.Nodes)
        {
            var runs = state.Runs.FindAll(run => run.NodeId == node.NodeId && run.Variables is not null);
            if (node.Parent is not null && runs.Count == 0)
                continue;
            foreach (var slot in node.Variables)
            {
                var value = runs.Count > 0 && slot.Index < runs[^1].Variables!.Length ? runs[^1].Variables![slot.Index] : null;
                found.Add(new InspectedVariable(slot.Definition.Id, slot.Definition.Name, node.NodeId, value));
            }
        }

        return found;
    }

    /// <summary>The inputs of an activity.</summary>
    /// <param name="node">The activity.</param>
    /// <param name="run">A run of it that has not ended; null for the fixed values only.</param>
    public static IReadOnlyList<InspectedInput> Inputs(CompiledNode node, ActivityRun? run) =>
    [
        .. node.Inputs.Select(input => run?.Pinned is { } pinned && pinned.TryGetValue(input.Name, out var kept)
            ? new InspectedInput(input.Name, kept, false)
            : input.IsConstant
            ? new InspectedInput(input.Name, input.ConstantValue, true)
            : new InspectedInput(
                input.Name, run?.Inputs is { } values && input.Slot >= 0 && input.Slot < values.Length ? values[input.Slot] : null, false)),
    ];
}
