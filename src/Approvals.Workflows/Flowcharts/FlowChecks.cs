namespace Approvals.Workflows;

/// <summary>What can be wrong with the connections of a flowchart as a whole.</summary>
internal static class FlowChecks
{
    public static void Check(NodeCompiler compiler, FlowGraph graph, FlowPlan plan)
    {
        foreach (var connection in plan.BackwardOut.SelectMany(c => c))
        {
            var (source, port, target) = graph.Connections[connection];
            var (from, to) = (graph.Nodes[source], graph.Nodes[target]);
            if (HasWayWithoutWait(graph, plan, target, source))
            {
                compiler.Report(
                    ProblemCodes.CycleWithoutWait,
                    $"从“{from.DisplayText}”回到“{to.DisplayText}”的循环中没有会等待的活动，流程将无法停下。", about: from);
            }

            if (plan.ForwardOut[source].Any(c => graph.Connections[c].Port == port))
            {
                compiler.Report(
                    ProblemCodes.ForwardAndBackward,
                    $"“{from.DisplayText}”的出口“{port}”同时向前和退回“{to.DisplayText}”，运行时只会退回。",
                    ProblemSeverity.Warning, from);
            }

            // A signer is not offered such a return; who draws it has to know what it does.
            if (Enumerable.Range(0, graph.Nodes.Length).FirstOrDefault(
                node => plan.Ahead[target][node] && plan.Ahead[node][source] && FlowFinals.MayBeFinal(graph.Nodes[node]), -1) is >= 0 and var final)
            {
                compiler.Report(
                    ProblemCodes.BehindFinal,
                    $"退回连线“{from.DisplayText} → {to.DisplayText}”越过“{graph.Nodes[final].DisplayText}”：已登记的应付不会撤回，再次登记会被拒绝。",
                    ProblemSeverity.Warning, from);
            }
        }

        for (var i = 0; i < graph.Nodes.Length; i++)
        {
            if (!plan.Ahead[graph.DefaultStart][i] && !graph.Nodes[i].CanStart)
            {
                compiler.Report(
                    ProblemCodes.Unreachable, $"没有连线通到“{graph.Nodes[i].DisplayText}”，它不会被执行。", ProblemSeverity.Warning, graph.Nodes[i]);
            }
        }

        foreach (var connection in plan.InvalidBackward)
        {
            var (source, _, target) = graph.Connections[connection];
            compiler.Report(
                ProblemCodes.InvalidBackward,
                $"退回连线“{graph.Nodes[source].DisplayText} → {graph.Nodes[target].DisplayText}”可以绕过其目标到达，请检查连线。",
                ProblemSeverity.Warning, graph.Nodes[source]);
        }
    }

    /// <summary>Whether one can go from the target of a backward connection to its source without meeting a wait.</summary>
    private static bool HasWayWithoutWait(FlowGraph graph, FlowPlan plan, int from, int to)
    {
        var seen = new bool[graph.Nodes.Length];
        var stack = new Stack<int>();
        stack.Push(from);
        while (stack.TryPop(out var node))
        {
            if (seen[node] || graph.Nodes[node].CanWait)
                continue;
            if (node == to)
                return true;
            seen[node] = true;
            foreach (var connection in plan.ForwardOut[node])
                stack.Push(graph.Connections[connection].Target);
        }

        return false;
    }
}
