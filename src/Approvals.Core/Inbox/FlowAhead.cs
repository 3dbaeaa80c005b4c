using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Core.Inbox;

/// <summary>Looks along a definition's connections, to tell a signer beforehand what comes next and where a return may go.</summary>
internal static class FlowAhead
{
    private static readonly HashSet<string> PassedOver = ["Elsa.FlowJoin", "Elsa.FlowFork", "Elsa.FlowNode"];

    /// <summary>Names of the activities that follow an outcome, joins and forks passed over; null when nothing follows.</summary>
    public static string? Names(ActivityContext context, string outcome)
    {
        var names = Ahead(context.Node, outcome, node => PassedOver.Contains(node.Type))
            .Where(node => !PassedOver.Contains(node.Type)).Select(node => node.DisplayText).ToList();
        return names.Count == 0 ? null : string.Join("、", names);
    }

    /// <summary>The activities of the same flowchart that an outcome leads to, each once, along one branch after the other.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="outcome">Of <paramref name="from"/>; null for any.</param>
    /// <param name="isPassedOver">Whether to look on behind an activity; it is among the result either way.</param>
    public static IReadOnlyList<CompiledNode> Ahead(CompiledNode from, string? outcome, Func<CompiledNode, bool> isPassedOver)
    {
        var connections = Connections(from.Parent);
        var nodes = (from.Parent?.Children ?? []).ToDictionary(node => node.Id, StringComparer.Ordinal);
        var found = new List<CompiledNode>();
        var seen = new HashSet<CompiledNode>();
        var ahead = new Stack<CompiledNode>(Targets(from, outcome).Reverse());
        while (ahead.TryPop(out var node))
        {
            if (!seen.Add(node))
                continue;
            found.Add(node);
            foreach (var next in isPassedOver(node) ? Targets(node, null).Reverse() : [])
                ahead.Push(next);
        }

        return found;

        IEnumerable<CompiledNode> Targets(CompiledNode at, string? port) => connections
            .Where(one => one.Source == at.Id && (port is null || one.Port == port))
            .Select(one => nodes.GetValueOrDefault(one.Target)).OfType<CompiledNode>();
    }

    /// <summary>Steps that people worked on before this one and that lead here.</summary>
    public static IReadOnlyList<ReturnTarget> ReturnTargets(ActivityContext context) =>
    [
        .. context.EarlierActivities()
            .Where(earlier => StepActivity.Types.Contains(earlier.Type))
            .Select(earlier => new ReturnTarget(earlier.ActivityId, earlier.DisplayText)),
    ];

    private static List<(string Source, string Port, string Target)> Connections(CompiledNode? container) =>
        container?.Json["connections"] is not JsonArray connections
            ? []
            :
            [
                .. connections.OfType<JsonObject>().Select(connection => (
                    connection["source"]?["activity"]?.GetValue<string>() ?? "",
                    connection["source"]?["port"]?.GetValue<string>() ?? "Done",
                    connection["target"]?["activity"]?.GetValue<string>() ?? "")),
            ];
}
