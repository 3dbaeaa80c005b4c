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
        var connections = Connections(context.Node.Parent);
        var names = new List<string>();
        var seen = new HashSet<string>();
        Follow(context.ActivityId, outcome);
        return names.Count == 0 ? null : string.Join("、", names);

        void Follow(string from, string? port)
        {
            foreach (var (source, sourcePort, target) in connections)
            {
                if (source != from || (port is not null && sourcePort != port) || !seen.Add(target))
                    continue;
                var node = context.Workflow.FindActivity(target);
                if (node is null)
                    continue;
                if (PassedOver.Contains(node.Type))
                    Follow(target, null);
                else
                    names.Add(node.DisplayText);
            }
        }
    }

    /// <summary>Steps that people worked on before this one and that lead here.</summary>
    public static IReadOnlyList<ReturnTarget> ReturnTargets(ActivityContext context) =>
    [
        .. context.EarlierActivities()
            .Where(earlier => StepActivity.Types.Contains(earlier.Type))
            .Select(earlier => new ReturnTarget(earlier.ActivityId, earlier.DisplayText)),
    ];

    /// <summary>The connections of a flowchart, by ids of activities.</summary>
    public static List<(string Source, string Port, string Target)> Connections(CompiledNode? container) =>
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
