namespace Approvals.Workflows.Tests;

/// <summary>An activity of a generated flowchart.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Waits">Waits for the walk, or ends at once with <paramref name="Outcomes"/>.</param>
/// <param name="Outcomes">What an activity that does not wait ends with.</param>
/// <param name="Join">WaitAllActive, WaitAll, WaitAny, Cascade or Stream.</param>
/// <param name="Terminal">Ends the flowchart.</param>
public sealed record RefNode(string Id, bool Waits, string[] Outcomes, string Join, bool Terminal);

/// <summary>A connection of a generated flowchart.</summary>
public sealed record RefEdge(int From, string Port, int To);

/// <summary>One run of an activity.</summary>
public sealed class RefRun(int node, int round)
{
    public int Node { get; } = node;

    public int Round { get; } = round;

    public bool Begun { get; set; }

    public RefRun? DetourFor { get; set; }
}

/// <summary>
/// The rules of flowchart-semantics.md and 0002-going-back.md, written as plainly as they read and without a line of the
/// runtime: sets and loops, no speed. What the runtime does must be what this does.
/// </summary>
public sealed class ReferenceFlow
{
    private const int MostInABurst = 10_000;

    private readonly RefNode[] _nodes;
    private readonly RefEdge[] _edges;
    private readonly HashSet<RefEdge> _forward = [];
    private readonly Dictionary<RefEdge, bool> _visited = [];
    private readonly Dictionary<int, string> _fate = [];
    private readonly HashSet<int> _stopped = [];
    private readonly Dictionary<int, int> _held = [];
    private readonly Dictionary<int, int> _reached = [];
    private readonly List<RefRun> _active = [];
    private readonly List<RefRun> _queue = [];

    public ReferenceFlow(RefNode[] nodes, RefEdge[] edges)
    {
        _nodes = nodes;
        _edges = edges;
        SortConnections();
    }

    public List<string> Events { get; } = [];

    public List<RefRun> Waiting { get; } = [];

    public bool Finished { get; private set; }

    /// <summary>Whether the drawing goes round for ever without waiting, which the runtime must notice and stop.</summary>
    public bool IsEndless { get; private set; }

    public IReadOnlyList<RefRun> Active => _active;

    /// <summary>Activities of this round that are neither run, skipped nor stopped.</summary>
    public IEnumerable<string> Undecided => Enumerable.Range(0, _nodes.Length)
        .Where(n => Ahead(0, n) && !_fate.ContainsKey(n) && !_stopped.Contains(n)).Select(n => _nodes[n].Id);

    public void Start()
    {
        Run(0);
        Drain();
    }

    public void Complete(RefRun run, params string[] outcomes)
    {
        End(run, outcomes);
        Drain();
    }

    public bool ReturnTo(RefRun run, int target)
    {
        if (!Ahead(target, run.Node))
        {
            return false;
        }

        Events.Add($"Returned {Name(run)}");
        Remove(run);
        GoBack([target]);
        Drain();
        return true;
    }

    public bool DetourTo(RefRun run, int target)
    {
        if (target == run.Node || !Ahead(target, run.Node))
            return false;
        Events.Add($"Detoured {Name(run)}");
        Waiting.Remove(run);
        _reached[target] = _reached.GetValueOrDefault(target) + 1;
        var detour = new RefRun(target, _reached[target]) { DetourFor = run };
        _active.Add(detour);
        _queue.Add(detour);
        Drain();
        return true;
    }

    public void Cancel()
    {
        WithdrawWhere(_ => true);
        Finished = true;
    }

    private void Drain()
    {
        for (var begun = 0; !Finished && _queue.Count > 0; begun++)
        {
            IsEndless = begun >= MostInABurst;
            if (IsEndless)
                return;
            var run = _queue[0];
            _queue.RemoveAt(0);
            run.Begun = true;
            Events.Add($"Started {Name(run)}");
            if (_nodes[run.Node].Waits)
                Waiting.Add(run);
            else
                End(run, _nodes[run.Node].Outcomes);
        }
    }

    private void End(RefRun run, string[] outcomes)
    {
        Events.Add($"Completed {Name(run)}");
        Remove(run);
        if (run.DetourFor is { } origin)
        {
            // It came straight back: nothing is followed, the one that asked runs again in the same round.
            origin.Begun = false;
            _queue.Add(origin);
            return;
        }

        if (_nodes[run.Node].Terminal)
        {
            Cancel();
            return;
        }

        var back = _edges.Where(e => e.From == run.Node && !_forward.Contains(e) && outcomes.Contains(e.Port) && Ahead(0, e.From))
            .Select(e => e.To).Distinct().ToList();
        if (back.Count > 0)
        {
            GoBack(back);
        }
        else
        {
            foreach (var edge in ForwardFrom(run.Node))
                Visit(edge, outcomes.Contains(edge.Port));
        }

        if (_active.Count == 0)
            Finished = true;
    }

    private void GoBack(List<int> targets)
    {
        // Of targets on one way only the earliest counts: the others are reached again from it.
        targets = [.. targets.Where(t => !targets.Any(other => other != t && Ahead(other, t)))];
        bool Region(int node) => targets.Any(t => Ahead(t, node));
        WithdrawWhere(run => Region(Place(run)));
        foreach (var node in Enumerable.Range(0, _nodes.Length).Where(Region))
        {
            _fate.Remove(node);
            _stopped.Remove(node);
            _held.Remove(node);
            foreach (var edge in ForwardFrom(node))
                _visited.Remove(edge);
        }

        // Tokens from outside whose work was just forgotten wait for the next arrival.
        foreach (var node in Enumerable.Range(0, _nodes.Length).Where(n => Region(n) && !targets.Contains(n)))
        {
            var tokens = ForwardInto(node).Count(e => _visited.GetValueOrDefault(e));
            if (_nodes[node].Join == "Cascade")
                _held[node] = tokens;
            if (_nodes[node].Join == "Stream")
                _held[node] = Math.Min(tokens, 1);
        }

        foreach (var target in targets)
            Run(target);
    }

    private void Visit(RefEdge edge, bool followed)
    {
        var before = _visited.ContainsKey(edge);
        _visited[edge] = followed || (before && _visited[edge]);
        var node = edge.To;
        if (_stopped.Contains(node))
            return;
        var inbound = ForwardInto(node).ToList();
        var ran = _fate.GetValueOrDefault(node) == "ran";
        var all = inbound.All(_visited.ContainsKey);
        var any = inbound.Any(e => _visited.GetValueOrDefault(e));
        switch (_nodes[node].Join)
        {
            case "WaitAny" when !ran && (followed || (all && any)):
                RunFirst(node);
                break;
            case "WaitAny" when !ran && all:
                Skip(node);
                break;
            case "WaitAny":
                break;
            case "Cascade":
                var times = _held.GetValueOrDefault(node) + (followed ? 1 : 0);
                _held.Remove(node);
                for (var i = 0; i < times; i++)
                    Run(node);
                if (times == 0 && !ran && all && !any)
                    Skip(node);
                break;
            case "Stream":
                if (followed)
                    _held[node] = 1;
                var busy = _active.Any(r => inbound.Any(e => e.From == Place(r)));
                if (_held.GetValueOrDefault(node) > 0 && !busy)
                {
                    _held.Remove(node);
                    Run(node);
                }
                else if (_held.GetValueOrDefault(node) == 0 && !ran && all && !any)
                {
                    Skip(node);
                }

                break;
            default:
                if (ran && followed && before && inbound.Count == 1)
                    Run(node);
                else if (!ran && all && (_nodes[node].Join == "WaitAll" ? inbound.All(e => _visited[e]) : any))
                    Run(node);
                else if (!ran && all)
                    Skip(node);
                break;
        }
    }

    private void Run(int node)
    {
        _fate[node] = "ran";
        _reached[node] = _reached.GetValueOrDefault(node) + 1;
        var run = new RefRun(node, _reached[node]);
        _active.Add(run);
        _queue.Add(run);
    }

    private void Skip(int node)
    {
        if (!_fate.TryAdd(node, "skipped"))
            return;
        foreach (var edge in ForwardFrom(node))
            Visit(edge, false);
    }

    private void RunFirst(int node)
    {
        Run(node);
        var before = Enumerable.Range(0, _nodes.Length).Where(n => n != node && Ahead(n, node)).ToList();
        var open = before.Where(n => !_fate.ContainsKey(n) && !_stopped.Contains(n) || _active.Any(r => Place(r) == n)).ToList();
        WithdrawWhere(run => before.Contains(Place(run)));
        foreach (var n in before)
        {
            _stopped.Add(n);
            _held.Remove(n);
        }

        foreach (var n in open)
        {
            foreach (var edge in ForwardFrom(n))
                Visit(edge, false);
        }
    }

    private void WithdrawWhere(Func<RefRun, bool> which)
    {
        foreach (var run in _active.Where(which).ToList())
        {
            if (run.Begun)
                Events.Add($"Canceled {Name(run)}");
            Remove(run);
        }
    }

    private void Remove(RefRun run)
    {
        _active.Remove(run);
        _queue.Remove(run);
        Waiting.Remove(run);
    }

    private static int Place(RefRun run) => run.DetourFor is { } origin ? Place(origin) : run.Node;

    private string Name(RefRun run) => $"{_nodes[run.Node].Id}#{run.Round}";

    private IEnumerable<RefEdge> ForwardFrom(int node) => _edges.Where(e => e.From == node && _forward.Contains(e));

    private IEnumerable<RefEdge> ForwardInto(int node) => _edges.Where(e => e.To == node && _forward.Contains(e));

    private bool Ahead(int from, int to) =>
        from == to || ForwardFrom(from).Any(e => Ahead(e.To, to));

    /// <summary>Breadth first from the start; what would close a cycle is backward.</summary>
    private void SortConnections()
    {
        var order = new List<int> { 0 };
        for (var i = 0; i < order.Count; i++)
        {
            foreach (var edge in _edges.Where(e => e.From == order[i]))
            {
                if (Ahead(edge.To, edge.From))
                    continue;
                _forward.Add(edge);
                if (!order.Contains(edge.To))
                    order.Add(edge.To);
            }
        }
    }
}
