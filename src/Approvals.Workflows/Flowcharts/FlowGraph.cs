namespace Approvals.Workflows;

/// <summary>When an activity with several inbound connections runs.</summary>
internal enum JoinKind : byte
{
    /// <summary>When all are visited and at least one is followed; the default and <c>WaitAllActive</c>.</summary>
    AllActive,

    /// <summary>When all are visited and followed: <c>WaitAll</c>, merge modes Merge and Converge.</summary>
    All,

    /// <summary>When the first is followed; the ancestors are cancelled: <c>WaitAny</c>, merge mode Race.</summary>
    Any,

    /// <summary>For each that is followed: merge mode Cascade.</summary>
    Each,

    /// <summary>When one is followed and no predecessor is still at work: merge mode Stream.</summary>
    Stream,
}

/// <summary>A connection of a flowchart by activity indexes.</summary>
internal readonly record struct FlowConnection(int Source, string Port, int Target);

/// <summary>
/// The connections of a flowchart as seen from one start: which are forward and which backward, and what lies ahead of
/// what. Forward connections that cannot be reached from the start do not count.
/// </summary>
internal sealed class FlowPlan
{
    /// <summary>Indexes into the graph's connections.</summary>
    public required int[][] ForwardOut { get; init; }

    public required int[][] BackwardOut { get; init; }

    public required int[][] ForwardIn { get; init; }

    /// <summary><c>Ahead[a][b]</c>: b is a, or can be reached from a by forward connections.</summary>
    public required bool[][] Ahead { get; init; }

    /// <summary>Activities in an order in which sources come before targets.</summary>
    public required int[] Order { get; init; }

    /// <summary>Backward connections that can be reached without passing their target.</summary>
    public required int[] InvalidBackward { get; init; }
}

/// <summary>A flowchart's activities and connections, with a plan per start.</summary>
internal sealed class FlowGraph(CompiledNode[] nodes, FlowConnection[] connections, JoinKind[] joins, int defaultStart)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, FlowPlan> _plans = new();
    private readonly FlowPlan? _defaultPlan = defaultStart < 0 ? null : FlowPlanner.Plan(nodes.Length, connections, defaultStart);

    public CompiledNode[] Nodes { get; } = nodes;

    public FlowConnection[] Connections { get; } = connections;

    public JoinKind[] Joins { get; } = joins;

    /// <summary>The activity it begins with unless it was triggered elsewhere; -1 when it is empty.</summary>
    public int DefaultStart { get; } = defaultStart;

    public FlowPlan PlanFor(int start) => start == DefaultStart
        ? _defaultPlan!
        : _plans.GetOrAdd(start, s => FlowPlanner.Plan(Nodes.Length, Connections, s));

    public int IndexOf(string activityId)
    {
        for (var i = 0; i < Nodes.Length; i++)
        {
            if (Nodes[i].Id == activityId)
                return i;
        }

        return -1;
    }
}
