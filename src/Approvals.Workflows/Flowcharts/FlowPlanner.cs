namespace Approvals.Workflows;

/// <summary>Sorts connections into forward and backward, breadth first from the start.</summary>
internal static class FlowPlanner
{
    public static FlowPlan Plan(int count, FlowConnection[] connections, int start)
    {
        var outbound = new List<int>[count];
        for (var i = 0; i < count; i++)
            outbound[i] = [];
        for (var c = 0; c < connections.Length; c++)
            outbound[connections[c].Source].Add(c);

        var forward = new List<int>[count];
        var backward = new List<int>[count];
        for (var i = 0; i < count; i++)
        {
            forward[i] = [];
            backward[i] = [];
        }

        var seen = new bool[count];
        var queue = new Queue<int>();
        seen[start] = true;
        queue.Enqueue(start);
        while (queue.TryDequeue(out var node))
        {
            foreach (var c in outbound[node])
            {
                var target = connections[c].Target;
                if (target == node || Reaches(target, node, forward, connections))
                {
                    backward[node].Add(c);
                    continue;
                }

                forward[node].Add(c);
                if (!seen[target])
                {
                    seen[target] = true;
                    queue.Enqueue(target);
                }
            }
        }

        var inbound = new List<int>[count];
        for (var i = 0; i < count; i++)
            inbound[i] = [];
        for (var i = 0; i < count; i++)
        {
            foreach (var c in forward[i])
                inbound[connections[c].Target].Add(c);
        }

        var ahead = new bool[count][];
        for (var i = 0; i < count; i++)
            ahead[i] = AheadOf(i, forward, connections);

        return new FlowPlan
        {
            ForwardOut = [.. forward.Select(l => l.ToArray())],
            BackwardOut = [.. backward.Select(l => l.ToArray())],
            ForwardIn = [.. inbound.Select(l => l.ToArray())],
            Ahead = ahead,
            Order = [.. Enumerable.Range(0, count).OrderByDescending(i => ahead[i].Count(x => x)).ThenBy(i => i)],
            InvalidBackward = [.. backward.SelectMany(l => l).Where(c => !Dominates(connections[c], start, outbound,
                connections))],
        };
    }

    private static bool Reaches(int from, int to, List<int>[] forward, FlowConnection[] connections) =>
        AheadOf(from, forward, connections)[to];

    private static bool[] AheadOf(int from, List<int>[] forward, FlowConnection[] connections)
    {
        var ahead = new bool[forward.Length];
        var stack = new Stack<int>();
        ahead[from] = true;
        stack.Push(from);
        while (stack.TryPop(out var node))
        {
            foreach (var c in forward[node])
            {
                var target = connections[c].Target;
                if (!ahead[target])
                {
                    ahead[target] = true;
                    stack.Push(target);
                }
            }
        }

        return ahead;
    }

    /// <summary>Whether every way from the start to the connection's source passes through its target.</summary>
    private static bool Dominates(FlowConnection connection, int start, List<int>[] outbound, FlowConnection[] connections)
    {
        if (start == connection.Target || connection.Source == connection.Target)
            return true;
        var seen = new bool[outbound.Length];
        var stack = new Stack<int>();
        seen[start] = true;
        seen[connection.Target] = true;
        stack.Push(start);
        while (stack.TryPop(out var node))
        {
            if (node == connection.Source)
                return false;
            foreach (var c in outbound[node])
            {
                var target = connections[c].Target;
                if (!seen[target])
                {
                    seen[target] = true;
                    stack.Push(target);
                }
            }
        }

        return true;
    }
}
