using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Reads a flowchart's activities and connections from JSON and says what is wrong with them.</summary>
internal static class FlowGraphReader
{
    public static FlowGraph Read(NodeCompiler compiler)
    {
        var nodes = new List<CompiledNode>();
        foreach (var (json, path) in JsonRead.Objects(compiler.Json, "activities", compiler.Path))
        {
            var child = compiler.CompileChild(json, path);
            child.FlowIndex = nodes.Count;
            nodes.Add(child);
        }

        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Count; i++)
            indexes.TryAdd(nodes[i].Id, i);
        var connections = ReadConnections(compiler, nodes, indexes);
        foreach (var node in nodes)
        {
            node.Outcomes = OutcomesOf(node);
            node.LooseOutcomes =
            [
                .. (node.Outcomes ?? []).Where(port => !connections.Any(c => c.Source == node.FlowIndex && c.Port == port)),
            ];
        }

        var start = FindStart(compiler.Json, nodes, connections, indexes);
        if (start < 0)
            compiler.Report(ProblemCodes.Empty, "流程图中没有活动。", ProblemSeverity.Warning);
        var joins = nodes.Select(n => ReadJoin(compiler, n)).ToArray();
        var graph = new FlowGraph([.. nodes], connections, joins, start);
        if (start >= 0)
            FlowChecks.Check(compiler, graph, graph.PlanFor(start));
        return graph;
    }

    private static FlowConnection[] ReadConnections(NodeCompiler compiler, List<CompiledNode> nodes, Dictionary<string,
        int> indexes)
    {
        var list = new List<FlowConnection>();
        foreach (var (json, path) in JsonRead.Objects(compiler.Json, "connections", compiler.Path))
        {
            var (from, port) = ReadEnd(json, "source", "sourcePort", path);
            var (to, _) = ReadEnd(json, "target", "targetPort", path);
            if (!indexes.TryGetValue(from, out var source) || !indexes.TryGetValue(to, out var target))
            {
                var missing = indexes.ContainsKey(from) ? to : from;
                compiler.Report(ProblemCodes.MissingActivity, $"连线“{from} → {to}”指向不存在的活动“{missing}”。");
                continue;
            }

            var connection = new FlowConnection(source, port ?? "Done", target);
            if (!list.Contains(connection))
                list.Add(connection);
            CheckPort(compiler, nodes[source], connection.Port);
        }

        return [.. list];
    }

    /// <summary>Elsa writes <c>{"activity":…,"port":…}</c>; early versions wrote the bare id.</summary>
    private static (string Activity, string? Port) ReadEnd(JsonObject connection, string name, string legacyPort, string path)
    {
        if (connection[name] is JsonObject end)
        {
            var activity = JsonRead.Text(end, "activity", $"{path}.{name}")
                ?? throw new DefinitionFormatException($"{path}.{name}", "连线缺少 activity。");
            return (activity, JsonRead.Text(end, "port", $"{path}.{name}"));
        }

        var id = JsonRead.Text(connection, name, path) ?? throw new DefinitionFormatException($"{path}.{name}", "连线缺少端点。");
        return (id, JsonRead.Text(connection, legacyPort, path));
    }

    private static void CheckPort(NodeCompiler compiler, CompiledNode source, string port)
    {
        var possible = OutcomesOf(source);
        if (possible is not null && !possible.Contains(port))
        {
            compiler.Report(
                ProblemCodes.MissingPort,
                $"“{source.DisplayText}”没有出口“{port}”，从它出发的连线永远不会走到。可用出口：{string.Join("、", possible)}。",
                about: source);
        }
    }

    private static IReadOnlyCollection<string>? OutcomesOf(CompiledNode node) =>
        node.IsTerminal ? [] : node.Activity.Exits ?? DeclaredOutcomes(node);

    /// <summary>The outcomes the descriptor declares, with those the process owner typed in; null for unknown types.</summary>
    private static HashSet<string>? DeclaredOutcomes(CompiledNode node)
    {
        if (node.Descriptor is not { } descriptor)
            return null;
        var outcomes = descriptor.Ports.Where(p => !p.IsEmbedded).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var input in descriptor.Inputs.Where(i => i.UiHint == UiHints.DynamicOutcomes))
        {
            if (input.UiSpecifications["DynamicOutcomesOptions"]?["fixedOutcomes"] is JsonArray fixedOutcomes)
                outcomes.UnionWith(fixedOutcomes.Select(o => o!.GetValue<string>()));
            var bound = Array.Find(node.Inputs, i => i.Name == input.Name);
            if (bound is { IsConstant: false })
                return null;
            if (bound?.ConstantValue is IEnumerable<string> typed)
                outcomes.UnionWith(typed);
        }

        if (outcomes.Count == 0)
            outcomes.Add("Done");
        return outcomes;
    }

    private static int FindStart(
        JsonObject json, List<CompiledNode> nodes, FlowConnection[] connections, Dictionary<string, int> indexes)
    {
        if (nodes.Count == 0)
            return -1;
        var named = json["start"] switch
        {
            JsonObject start => start["id"] is JsonValue id
                && id.GetValueKind() == JsonValueKind.String ? id.GetValue<string>() : null,
            JsonValue start when start.GetValueKind() == JsonValueKind.String => start.GetValue<string>(),
            _ => null,
        };
        if (named is not null && indexes.TryGetValue(named, out var found))
            return found;
        found = nodes.FindIndex(n => n.Type == "Elsa.Start");
        if (found < 0)
            found = nodes.FindIndex(n => n.CanStart);
        if (found < 0)
            found = nodes.FindIndex(n => !connections.Any(c => c.Target == n.FlowIndex));
        return Math.Max(found, 0);
    }

    private static JoinKind ReadJoin(NodeCompiler compiler, CompiledNode node)
    {
        var mode = (node.Json["customProperties"] as JsonObject)?["mergeMode"];
        var text = mode is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        switch (text)
        {
            case null or "" or "None": return node.Activity is FlowJoin join ? join.Kind : JoinKind.AllActive;
            case "Stream": return JoinKind.Stream;
            case "Merge" or "Converge": return JoinKind.All;
            case "Cascade": return JoinKind.Each;
            case "Race": return JoinKind.Any;
            default:
                compiler.Report(ProblemCodes.InputFormat, $"“{node.DisplayText}”的合并方式“{text}”不存在。", about: node);
                return JoinKind.AllActive;
        }
    }
}
