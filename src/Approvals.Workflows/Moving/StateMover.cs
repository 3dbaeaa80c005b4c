using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>
/// Brings a running instance to another version of its workflow. Nothing is run: what stands stays the same run at the same activity,
/// what is done stays done, and where the new version would run something at once, leave something out or lose a branch, the move is
/// refused with the reason. The rules are in docs/decisions (moving running cases).
/// </summary>
public static class StateMover
{
    /// <summary>Judges a move and makes the state of the new version. The given state is not changed.</summary>
    /// <param name="from">The version the instance runs on.</param>
    /// <param name="to">The version it moves to.</param>
    /// <param name="state">Its state.</param>
    /// <param name="at">When, for the journal (UTC).</param>
    public static MoveVerdict Move(CompiledWorkflow from, CompiledWorkflow to, WorkflowState state, DateTimeOffset at)
    {
        var problems = new List<MoveProblem>();
        CheckWhole(from, to, state, problems);
        CheckActivities(from, to, state, problems);
        if (problems.Count > 0)
            return new MoveVerdict { Problems = problems };

        var moved = WorkflowState.Deserialize(state.Serialize());
        StateLinks.Link(from, moved);
        var flows = new List<FlowMover>();
        foreach (var run in moved.Runs)
        {
            var (before, after) = (run.Node, to.FindNode(run.NodeId)!);
            RunMover.Move(run, before, after, problems);
            if (run.Flow is not null)
                flows.Add(new FlowMover(run, (Flowchart)before.Activity, (Flowchart)after.Activity, problems));
            else if (run.HasChildren && !SameChildren(before, after))
                problems.Add(new MoveProblem(run.NodeId, $"“{before.DisplayText}”内部的活动有增减或改变了顺序，而正在其中办理。"));
        }

        foreach (var flow in flows)
            flow.Move();
        if (problems.Count > 0)
            return new MoveVerdict { Problems = problems };

        moved.DefinitionVersionId = to.Definition.Id;
        var root = moved.Runs[0];
        root.Input = WorkflowScope.ReadInput(to.Definition, root.Input);
        StateLinks.Link(to, moved);
        return new MoveVerdict
        {
            Places = [.. moved.Runs.Where(IsPlace).Select(run => PlaceOf(run, from))],
            Passed = [.. flows.SelectMany(flow => flow.Passed).Distinct()],
            Ahead = [.. flows.SelectMany(flow => flow.Ahead).Distinct()],
            Dropped = [.. flows.SelectMany(flow => flow.Dropped).Distinct()],
            State = moved,
            Journal = new JournalEntry(
                moved.NextSequence++, to.Nodes[0], root.Id, null, JournalEvents.Moved, at, root.Round,
                $"由第 {from.Definition.Version} 版移到第 {to.Definition.Version} 版", null,
                new JsonObject { ["from"] = from.Definition.Id, ["to"] = to.Definition.Id }),
        };
    }

    private static void CheckWhole(CompiledWorkflow from, CompiledWorkflow to, WorkflowState state, List<MoveProblem> problems)
    {
        var workflow = to.Nodes[0].NodeId;
        if (state.Status == WorkflowStatus.Finished)
            problems.Add(new MoveProblem(workflow, "流程已经结束。"));
        if (!to.CanStart)
            problems.Add(new MoveProblem(workflow, "新版本的流程定义有误，不能运行。"));
        if (to.KeepsOutputs && !from.KeepsOutputs)
            problems.Add(new MoveProblem(workflow, "新版本的表达式要用到已办活动的输出，而旧版本没有保留这些输出。"));
    }

    /// <summary>Everything that has not ended must be there again, as the same kind of activity.</summary>
    private static void CheckActivities(CompiledWorkflow from, CompiledWorkflow to, WorkflowState state, List<MoveProblem> problems)
    {
        foreach (var run in state.Runs)
        {
            var before = from.FindNode(run.NodeId);
            var after = to.FindNode(run.NodeId);
            var name = before?.DisplayText ?? run.NodeId;
            if (before is null || after is null)
                problems.Add(new MoveProblem(run.NodeId, $"正在办理的“{name}”在新版本中不存在。"));
            else if (before.Type != after.Type || before.TypeVersion != after.TypeVersion || before.IsWorkflow != after.IsWorkflow)
                problems.Add(new MoveProblem(run.NodeId, $"正在办理的“{name}”在新版本中换成了另一种活动（{after.Descriptor?.DisplayName ?? after.Type}）。"));
            else if (run.RedoChild is { } child && to.FindNode(child) is null)
                problems.Add(new MoveProblem(run.NodeId, $"“{name}”出错时内部的活动在新版本中不存在，请先重试。"));
        }
    }

    private static bool SameChildren(CompiledNode before, CompiledNode after) =>
        before.Children.Select(child => child.NodeId).SequenceEqual(after.Children.Select(child => child.NodeId), StringComparer.Ordinal);

    /// <summary>What people see an instance stand at: the innermost runs that have begun.</summary>
    private static bool IsPlace(ActivityRun run) => !run.HasChildren && run.Status != RunStatus.Detoured;

    private static MovePlace PlaceOf(ActivityRun run, CompiledWorkflow from) => new(
        run.NodeId, run.Id, from.FindNode(run.NodeId)!.DisplayText, run.Node.DisplayText, StateReturns.EarlierThan(run));
}
