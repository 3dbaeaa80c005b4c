namespace Approvals.Workflows;

/// <summary>
/// Moves where a flowchart stands. What ran and which way it went is taken over; what is skipped is decided anew from that. An exit that
/// only the new version has leads, from an activity that has completed, nowhere: it was not asked for when there was time.
/// </summary>
internal sealed class FlowMover(ActivityRun run, Flowchart before, Flowchart after, List<MoveProblem> problems)
{
    /// <summary>Stands in a message for the activity's name.</summary>
    private const string Name = "\u0001";

    private readonly FlowGraph _from = before.Graph;
    private readonly FlowGraph _to = after.Graph;
    private readonly FlowState _old = run.Flow!;
    private FlowPlan _oldPlan = null!;
    private FlowPlan _plan = null!;
    private FlowState _new = null!;
    private HashSet<int> _active = [];

    public List<string> Passed { get; } = [];

    public List<string> Ahead { get; } = [];

    public List<string> Dropped { get; } = [];

    public void Move()
    {
        var start = _to.IndexOf(_from.Nodes[_old.Start].Id);
        if (start < 0)
        {
            Refuse(_old.Start, $"流程的起点“{Name}”在新版本中不存在。");
            return;
        }

        _oldPlan = _from.PlanFor(_old.Start);
        _plan = _to.PlanFor(start);
        _new = new FlowState
        {
            Start = start,
            Marks = new byte[_to.Connections.Length],
            Nodes = new byte[_to.Nodes.Length],
            Reached = new int[_to.Nodes.Length],
            Completed = new int[_to.Nodes.Length],
            Held = _old.Held is null ? null : new int[_to.Nodes.Length],
        };
        _active = [.. (run.Children ?? []).Select(Location).Select(id => _to.IndexOf(id)).Where(index => index >= 0)];
        TakeOver();
        Mark();
        Decide();
        CheckActive();
        CheckTokens();
        CheckWays();
        CheckFinals();
        Describe();
        run.Flow = _new;
    }

    /// <summary>What ran, or was stopped, keeps its fate; counts go on counting.</summary>
    private void TakeOver()
    {
        for (var node = 0; node < _to.Nodes.Length; node++)
        {
            var old = _from.IndexOf(_to.Nodes[node].Id);
            if (old < 0)
                continue;
            _new.Reached[node] = _old.Reached[old];
            _new.Completed[node] = _old.Completed[old];
            if (_old.Nodes[old] is FlowState.Ran or FlowState.Stopped)
                _new.Nodes[node] = _old.Nodes[old];
            if (_old.Held is { } held)
                _new.Held![node] = held[old];
        }
    }

    private void Mark()
    {
        foreach (var connection in _plan.ForwardOut.SelectMany(exits => exits))
        {
            var source = _to.Connections[connection].Source;
            if (_new.Nodes[source] is not (FlowState.Ran or FlowState.Stopped))
                continue;
            _new.Marks[connection] = OldOf(connection) is { } old ? _old.Marks[old] : _active.Contains(source) ? (byte)0 : FlowState.NotFollowed;
        }
    }

    /// <summary>Skips what can no longer be reached, as the flow itself would have done.</summary>
    private void Decide()
    {
        foreach (var node in _plan.Order)
        {
            if (_new.Nodes[node] != 0 || _plan.ForwardIn[node].Length == 0 || !AllVisited(node))
                continue;
            if (WouldRun(node))
            {
                // A stream does not go on while an activity that leads to it is at work: it is decided when that one ends. One that had been
                // skipped before a late branch came to it stays so until then, and with it what lies behind: nobody waits for it there.
                if (_to.Joins[node] == JoinKind.Stream && IsLedToByActive(node))
                {
                    if (WasSkipped(node))
                        Skip(node);
                    continue;
                }

                RefuseNew(node, $"移动后“{Name}”会立即开始，而没有人在这时办结前一环节。");
                continue;
            }

            Skip(node);
        }
    }

    private void Skip(int node)
    {
        _new.Nodes[node] = FlowState.Skipped;
        foreach (var connection in _plan.ForwardOut[node])
            _new.Marks[connection] = FlowState.NotFollowed;
    }

    private bool WasSkipped(int node) => _from.IndexOf(_to.Nodes[node].Id) is >= 0 and var old && _old.Nodes[old] == FlowState.Skipped;

    private bool WouldRun(int node) => _to.Joins[node] switch
    {
        JoinKind.All => Inbound(node).All(mark => mark == FlowState.Followed),
        JoinKind.Each or JoinKind.Stream => (_new.Held?[node] ?? 0) > 0 || Inbound(node).Any(mark => mark == FlowState.Followed),
        _ => Inbound(node).Any(mark => mark == FlowState.Followed),
    };

    private bool IsLedToByActive(int node) => _plan.ForwardIn[node].Any(connection => _active.Contains(_to.Connections[connection].Source));

    private void CheckActive()
    {
        foreach (var node in _active.Where(node => node != _new.Start && _plan.ForwardIn[node].Length == 0))
            RefuseNew(node, $"正在办理的“{Name}”在新版本中没有连入流程，办结后流程不会继续。");
    }

    /// <summary>A branch that has arrived at a join and waits there for others must still be waited with.</summary>
    private void CheckTokens()
    {
        foreach (var connection in _oldPlan.ForwardOut.SelectMany(exits => exits))
        {
            var target = _from.Connections[connection].Target;
            if (_old.Marks[connection] != FlowState.Followed || _old.Nodes[target] != 0)
                continue;
            var kept = NewOf(connection);
            if (kept is null || _new.Marks[kept.Value] != FlowState.Followed)
            {
                Refuse(target, $"已有分支到达“{Name}”等待汇合，新版本中没有这条连线，这一分支会丢失。");
            }
        }

        for (var node = 0; node < _from.Nodes.Length; node++)
        {
            if ((_old.Held?[node] ?? 0) > 0 && _to.IndexOf(_from.Nodes[node].Id) < 0)
                Refuse(node, $"已有分支到达“{Name}”等待汇合，新版本中没有这个活动。");
        }
    }

    private void CheckWays()
    {
        for (var node = 0; node < _to.Nodes.Length; node++)
        {
            var old = _from.IndexOf(_to.Nodes[node].Id);
            var isSkipped = _new.Nodes[node] == FlowState.Skipped;
            if (old >= 0 && isSkipped && _old.Nodes[old] == 0 && _oldPlan.ForwardIn[old].Length > 0)
                RefuseNew(node, $"“{Name}”尚未办理，移动后会被跳过。");
            if (_to.Joins[node] == JoinKind.All && IsDoomed(node) && !(old >= 0 && WasDoomed(old)))
                RefuseNew(node, $"“{Name}”要求全部分支到达，而新版本增加的分支本件已经错过，移动后将无法通过。");
        }

        foreach (var connection in _plan.ForwardOut.SelectMany(exits => exits).Where(LeadsIntoTheDone))
        {
            var (source, target) = (_to.Connections[connection].Source, _to.Connections[connection].Target);
            RefuseNew(target, $"新版本中“{_to.Nodes[source].DisplayText}”之后是“{Name}”，而本件已经办过，不会再办，流程在那里不会继续。");
        }
    }

    /// <summary>
    /// What was done for good must be there again, and lie before what is worked on now: else a return could lead behind it unseen.
    /// </summary>
    private void CheckFinals()
    {
        foreach (var old in FlowFinals.Done(_from, _old))
        {
            var node = _to.IndexOf(_from.Nodes[old].Id);
            if (node < 0 || !FlowFinals.MayBeFinal(_to.Nodes[node]))
                Refuse(old, $"“{Name}”已办且不能撤回，新版本中没有这个环节。");
            else if (_active.Any(place => _oldPlan.Ahead[old][_from.IndexOf(_to.Nodes[place].Id)] && !_plan.Ahead[node][place]))
                Refuse(old, $"“{Name}”已办且不能撤回，新版本中它不在正在办理的环节之前。");
        }
    }

    /// <summary>A join of all that some branch still comes to, though another will never come.</summary>
    private bool IsDoomed(int node)
    {
        var marks = Inbound(node).ToList();
        return _new.Nodes[node] != FlowState.Ran && _new.Nodes[node] != FlowState.Stopped && marks.Contains(FlowState.NotFollowed)
            && (marks.Contains((byte)0) || marks.Contains(FlowState.Followed));
    }

    private bool WasDoomed(int old) => _from.Joins[old] == JoinKind.All
        && _oldPlan.ForwardIn[old].Any(connection => _old.Marks[connection] == FlowState.NotFollowed);

    /// <summary>A way that this instance may still go and that ends at an activity it has left behind.</summary>
    private bool LeadsIntoTheDone(int connection)
    {
        var (source, target) = (_to.Connections[connection].Source, _to.Connections[connection].Target);
        if (!IsOpen(source) || _new.Nodes[target] is not (FlowState.Ran or FlowState.Stopped))
            return false;
        var old = _from.IndexOf(_to.Nodes[source].Id);
        var wasOpen = old >= 0 && (_old.Nodes[old] == 0 || _active.Contains(source));
        return !(wasOpen && OldOf(connection) is not null);
    }

    private bool IsOpen(int node) => _active.Contains(node) || _new.Nodes[node] == 0 && (_plan.ForwardIn[node].Length > 0 || node == _new.Start);

    private void Describe()
    {
        for (var node = 0; node < _to.Nodes.Length; node++)
        {
            if (_from.IndexOf(_to.Nodes[node].Id) >= 0)
                continue;
            var name = _to.Nodes[node].DisplayText;
            if (_new.Nodes[node] == FlowState.Skipped)
                Passed.Add(name);
            else if (_active.Any(place => _plan.Ahead[place][node]))
                Ahead.Add(name);
        }

        var standing = (run.Children ?? []).Select(Location).Select(id => _from.IndexOf(id)).ToList();
        Dropped.AddRange(Enumerable.Range(0, _from.Nodes.Length)
            .Where(node => _old.Nodes[node] == 0 && _to.IndexOf(_from.Nodes[node].Id) < 0 && standing.Any(place => _oldPlan.Ahead[place][node]))
            .Select(node => _from.Nodes[node].DisplayText));
    }

    /// <summary>The activity that a run stands for: a detour stands for the one that waits for it.</summary>
    private string Location(ActivityRun child)
    {
        while (child.DetourFor is { } origin)
        {
            while (origin.Parent != run)
                origin = origin.Parent!;
            child = origin;
        }

        return child.Node.Id;
    }

    private IEnumerable<byte> Inbound(int node) => _plan.ForwardIn[node].Select(connection => _new.Marks[connection]);

    private bool AllVisited(int node) => Inbound(node).All(mark => mark != 0);

    /// <summary>The same connection in the version before, where it led forward, too.</summary>
    private int? OldOf(int connection) => Same(_to, connection, _from, _oldPlan);

    private int? NewOf(int connection) => Same(_from, connection, _to, _plan);

    private static int? Same(FlowGraph here, int connection, FlowGraph there, FlowPlan plan)
    {
        var one = here.Connections[connection];
        var (source, target) = (there.IndexOf(here.Nodes[one.Source].Id), there.IndexOf(here.Nodes[one.Target].Id));
        var found = Array.IndexOf(there.Connections, new FlowConnection(source, one.Port, target));
        return found >= 0 && source >= 0 && plan.ForwardOut[source].Contains(found) ? found : null;
    }

    private void Refuse(int oldNode, string message) =>
        problems.Add(new MoveProblem(_from.Nodes[oldNode].NodeId, message.Replace(Name, _from.Nodes[oldNode].DisplayText, StringComparison.Ordinal)));

    private void RefuseNew(int node, string message) =>
        problems.Add(new MoveProblem(_to.Nodes[node].NodeId, message.Replace(Name, _to.Nodes[node].DisplayText, StringComparison.Ordinal)));
}
