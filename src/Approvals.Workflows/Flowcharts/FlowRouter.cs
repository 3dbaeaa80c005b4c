namespace Approvals.Workflows;

/// <summary>
/// Decides what a flowchart runs next: visits connections, followed or not, joins, skips dead paths, goes back. It changes
/// the flow state and schedules runs at once; runs it takes away are handed to <see cref="Burst.Withdraw"/>, which tells
/// their activities before anything else runs. The rules are in docs/decisions/0002-going-back.md.
/// </summary>
internal readonly struct FlowRouter
{
    private readonly Burst _burst;
    private readonly ActivityRun _flowchart;
    private readonly FlowGraph _graph;
    private readonly FlowPlan _plan;
    private readonly FlowState _state;

    public FlowRouter(Burst burst, ActivityRun flowchart)
    {
        _burst = burst;
        _flowchart = flowchart;
        _graph = ((Flowchart)flowchart.Node.Activity).Graph;
        _state = flowchart.Flow!;
        _plan = _graph.PlanFor(_state.Start);
    }

    public static void Begin(Burst burst, ActivityRun flowchart, int start)
    {
        var graph = ((Flowchart)flowchart.Node.Activity).Graph;
        flowchart.Flow = new FlowState
        {
            Start = start,
            Marks = new byte[graph.Connections.Length],
            Nodes = new byte[graph.Nodes.Length],
            Reached = new int[graph.Nodes.Length],
            Completed = new int[graph.Nodes.Length],
        };
        new FlowRouter(burst, flowchart).Run(start);
    }

    /// <summary>An activity ended: loop back when an outcome leads back, else visit what lies ahead.</summary>
    public void Completed(int node, IReadOnlyList<string> outcomes)
    {
        _state.Completed[node]++;
        var back = FollowedBack(node, outcomes);
        if (back is not null)
        {
            GoBack(back, "流程退回");
            return;
        }

        var outbound = _plan.ForwardOut[node];
        if (outbound.Length == 1)
        {
            Visit(outbound[0], Has(outcomes, _graph.Connections[outbound[0]].Port));
        }
        else
        {
            foreach (var connection in outbound)
                Visit(connection, Has(outcomes, _graph.Connections[connection].Port));
        }
    }

    /// <summary>True when <paramref name="target"/> is the activity of <paramref name="run"/> or lies before it.</summary>
    public bool IsEarlier(int target, ActivityRun run) => _plan.Ahead[target][run.Node.FlowIndex];

    /// <summary>The activities that completed at least once and from which the run's activity lies ahead, in flow
    /// order; none behind which something final was done.</summary>
    public IEnumerable<int> EarlierThan(ActivityRun run) => EarlierThan(_flowchart, run.Node.FlowIndex);

    /// <summary>The same for the run of a flowchart and one of its activities.</summary>
    public static IEnumerable<int> EarlierThan(ActivityRun flowchart, int node)
    {
        var state = flowchart.Flow!;
        var plan = ((Flowchart)flowchart.Node.Activity).Graph.PlanFor(state.Start);
        return plan.Order.Where(earlier => earlier != node && state.Completed[earlier] > 0 && plan.Ahead[earlier][node]
            && !FlowFinals.Bars(flowchart, earlier));
    }

    /// <summary>Whether going back to an activity would lead behind something final.</summary>
    public bool IsBarred(int target) => FlowFinals.Bars(_flowchart, target);

    public int TimesCompleted(int node) => _state.Completed[node];

    /// <summary>
    /// Opens a new round from the targets: all that waits at or ahead of them is withdrawn and what was decided there is
    /// forgotten. Marks on connections that come from elsewhere stay, so that a finished parallel branch keeps counting.
    /// </summary>
    public void GoBack(List<int> targets, string reason)
    {
        for (var i = targets.Count - 1; i >= 0; i--)
        {
            // A target behind another target is reached again from there; starting it as well would double its branch.
            for (var j = 0; j < targets.Count; j++)
            {
                if (i != j && _plan.Ahead[targets[j]][targets[i]])
                {
                    targets.RemoveAt(i);
                    break;
                }
            }
        }

        if (_flowchart.Children is { } children)
        {
            for (var i = children.Count - 1; i >= 0; i--)
            {
                if (InRegion(targets, Location(children[i])))
                    _burst.Withdraw(children[i], reason);
            }
        }

        for (var node = 0; node < _state.Nodes.Length; node++)
        {
            if (!InRegion(targets, node))
                continue;
            _state.Nodes[node] = 0;
            foreach (var connection in _plan.ForwardOut[node])
                _state.Marks[connection] = 0;
        }

        HoldTokensFromOutside(targets);
        foreach (var target in targets)
            Run(target);
    }

    private void HoldTokensFromOutside(List<int> targets)
    {
        for (var node = 0; node < _state.Nodes.Length; node++)
        {
            if (_graph.Joins[node] is not (JoinKind.Each or JoinKind.Stream) || !InRegion(targets, node))
                continue;
            var held = 0;
            foreach (var connection in _plan.ForwardIn[node])
                held += _state.Marks[connection] == FlowState.Followed ? 1 : 0;
            SetHeld(node, targets.Contains(node) ? 0 : held);
        }
    }

    private bool InRegion(List<int> targets, int node)
    {
        foreach (var target in targets)
        {
            if (_plan.Ahead[target][node])
                return true;
        }

        return false;
    }

    private void Visit(int connection, bool followed)
    {
        var again = _state.Marks[connection] != 0;
        if (followed)
            _state.Marks[connection] = FlowState.Followed;
        else if (!again)
            _state.Marks[connection] = FlowState.NotFollowed;

        var target = _graph.Connections[connection].Target;
        if (_state.Nodes[target] == FlowState.Stopped)
            return;
        var ran = _state.Nodes[target] == FlowState.Ran;
        switch (_graph.Joins[target])
        {
            case JoinKind.Any:
                if (ran)
                    return;
                if (followed || (AllVisited(target) && AnyFollowed(target)))
                    RunFirst(target);
                else if (AllVisited(target))
                    Skip(target);
                return;
            case JoinKind.All:
                if (ran)
                    RunAgainIfOnlyWay(target, followed && again);
                else if (AllVisited(target))
                    RunOrSkip(target, AllFollowed(target));
                return;
            case JoinKind.AllActive:
                if (ran)
                    RunAgainIfOnlyWay(target, followed && again);
                else if (AllVisited(target))
                    RunOrSkip(target, AnyFollowed(target));
                return;
            case JoinKind.Each:
                var runs = Held(target) + (followed ? 1 : 0);
                SetHeld(target, 0);
                for (var i = 0; i < runs; i++)
                    Run(target);
                if (runs == 0 && !ran && AllVisited(target) && !AnyFollowed(target))
                    Skip(target);
                return;
            case JoinKind.Stream:
                if (followed)
                    SetHeld(target, 1);
                if (Held(target) > 0 && !PredecessorActive(target))
                {
                    SetHeld(target, 0);
                    Run(target);
                }
                else if (Held(target) == 0 && !ran && AllVisited(target) && !AnyFollowed(target))
                {
                    Skip(target);
                }

                return;
        }
    }

    /// <summary>A further token (of a Cascade or Stream before) goes on where there is only one way; a join counts it
    /// once.</summary>
    private void RunAgainIfOnlyWay(int target, bool furtherToken)
    {
        if (furtherToken && _plan.ForwardIn[target].Length == 1)
            Run(target);
    }

    private void RunOrSkip(int target, bool run)
    {
        if (run)
            Run(target);
        else
            Skip(target);
    }

    private void Run(int node)
    {
        _state.Nodes[node] = FlowState.Ran;
        var round = ++_state.Reached[node];
        _burst.Schedule(_graph.Nodes[node], _flowchart, round);
    }

    private void Skip(int node)
    {
        if (_state.Nodes[node] != 0)
            return;
        _state.Nodes[node] = FlowState.Skipped;
        foreach (var connection in _plan.ForwardOut[node])
            Visit(connection, followed: false);
    }

    /// <summary>Runs an any-join and stops its ancestors: none of them runs (again) in this round.</summary>
    private void RunFirst(int target)
    {
        Run(target);
        var stopped = new List<int>();
        for (var node = 0; node < _state.Nodes.Length; node++)
        {
            if (node == target || !_plan.Ahead[node][target])
                continue;
            if (WithdrawAt(node) || _state.Nodes[node] == 0)
                stopped.Add(node);
            _state.Nodes[node] = FlowState.Stopped;
            SetHeld(node, 0);
        }

        // All are stopped before the first dead path is visited, so that none of them can be started by another.
        foreach (var node in stopped)
        {
            foreach (var connection in _plan.ForwardOut[node])
                Visit(connection, followed: false);
        }
    }

    private bool WithdrawAt(int node)
    {
        var any = false;
        for (var i = _flowchart.Children!.Count - 1; i >= 0; i--)
        {
            var child = _flowchart.Children[i];
            if (Location(child) == node)
            {
                _burst.Withdraw(child, "其他分支已先行办结，本环节不再办理");
                any = true;
            }
        }

        return any;
    }

    private bool PredecessorActive(int target)
    {
        if (!_flowchart.HasChildren)
            return false;
        foreach (var connection in _plan.ForwardIn[target])
        {
            foreach (var child in _flowchart.Children!)
            {
                if (Location(child) == _graph.Connections[connection].Source)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Where a run counts: a detour stands for the activity that waits for it.</summary>
    private int Location(ActivityRun run)
    {
        while (run.DetourFor is { } origin)
        {
            while (origin.Parent != _flowchart)
                origin = origin.Parent!;
            run = origin;
        }

        return run.Node.FlowIndex;
    }

    private List<int>? FollowedBack(int node, IReadOnlyList<string> outcomes)
    {
        List<int>? back = null;
        foreach (var connection in _plan.BackwardOut[node])
        {
            var target = _graph.Connections[connection].Target;
            if (Has(outcomes, _graph.Connections[connection].Port) && back?.Contains(target) != true)
                (back ??= []).Add(target);
        }

        return back;
    }

    private bool AllVisited(int node)
    {
        foreach (var connection in _plan.ForwardIn[node])
        {
            if (_state.Marks[connection] == 0)
                return false;
        }

        return true;
    }

    private bool AnyFollowed(int node)
    {
        foreach (var connection in _plan.ForwardIn[node])
        {
            if (_state.Marks[connection] == FlowState.Followed)
                return true;
        }

        return false;
    }

    private bool AllFollowed(int node)
    {
        foreach (var connection in _plan.ForwardIn[node])
        {
            if (_state.Marks[connection] != FlowState.Followed)
                return false;
        }

        return true;
    }

    private int Held(int node) => _state.Held?[node] ?? 0;

    private void SetHeld(int node, int count)
    {
        if (count != 0 || _state.Held is not null)
            (_state.Held ??= new int[_state.Nodes.Length])[node] = count;
    }

    private static bool Has(IReadOnlyList<string> outcomes, string port)
    {
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (string.Equals(outcomes[i], port, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
