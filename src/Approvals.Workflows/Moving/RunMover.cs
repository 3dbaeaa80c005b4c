using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Moves what one run keeps: its variables by id or name, its inputs as they were when it began.</summary>
internal static class RunMover
{
    public static void Move(ActivityRun run, CompiledNode before, CompiledNode after, List<MoveProblem> problems)
    {
        if (run.Variables is not null || (after.Variables.Length > 0 && run.Status != RunStatus.Scheduled))
            run.Variables = Variables(run, before, after, problems);

        // What has not begun, or will begin anew, reads the new version's inputs; what has begun goes on with those it began with.
        var begins = run.Status == RunStatus.Scheduled || (run.Status == RunStatus.Faulted && run.Redo == RedoKind.Execute);
        if (begins)
            (run.Inputs, run.Pinned) = (null, null);
        else
            MoveInputs(run, before, after);
    }

    private static object?[] Variables(ActivityRun run, CompiledNode before, CompiledNode after, List<MoveProblem> problems)
    {
        var values = new object?[after.Variables.Length];
        foreach (var slot in after.Variables)
        {
            var old = Array.Find(before.Variables, one => one.Definition.Id == slot.Definition.Id && slot.Definition.Id.Length > 0)
                ?? Array.Find(before.Variables, one => one.Definition.Name == slot.Definition.Name);
            if (old is null || run.Variables is null)
            {
                values[slot.Index] = slot.NewInitial();
                continue;
            }

            try
            {
                values[slot.Index] = slot.Read(run.Variables[old.Index]);
            }
            catch (FormatException)
            {
                problems.Add(new MoveProblem(
                    run.NodeId, $"变量“{slot.Definition.Name}”在新版本中改变了类型，现有的值不能转换。"));
            }
        }

        return values;
    }

    private static void MoveInputs(ActivityRun run, CompiledNode before, CompiledNode after)
    {
        var values = new object?[after.SlotCount];
        Dictionary<string, object?>? pinned = null;
        foreach (var input in after.Inputs)
        {
            if (Array.Find(before.Inputs, one => one.Name == input.Name) is not { } old)
                continue;
            var value = ValueOf(run, old);
            if (!input.IsConstant)
                values[input.Slot] = value;
            else if (!Same(value, input.ConstantValue))
                (pinned ??= [])[input.Name] = value;
        }

        run.Inputs = after.Evaluated.Length == 0 ? null : values;
        run.Pinned = pinned;
    }

    private static object? ValueOf(ActivityRun run, Input input) =>
        run.Pinned is not null && run.Pinned.TryGetValue(input.Name, out var pinned) ? pinned
        : input.IsConstant ? input.ConstantValue
        : run.Inputs is { } values && input.Slot < values.Length ? values[input.Slot] : null;

    private static bool Same(object? one, object? other) => JsonNode.DeepEquals(Values.ToJson(one), Values.ToJson(other));
}
