using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Workflows;

namespace Approvals.Core.Inbox;

/// <summary>Looks along a definition's connections, to tell a signer beforehand what comes next and where a return may go.</summary>
internal static class FlowAhead
{
    private const string Done = "Done";

    /// <summary>
    /// What comes when a step is left by an outcome, in the words of those who wait for it: what is made on the way and whom or what the case
    /// then waits for, or that it ends; null when nothing follows. What the system only does for itself is not named.
    /// </summary>
    public static string? Names(CompiledNode from, string outcome)
    {
        var ahead = Planned(from, outcome);
        var waits = ahead.Where(node => node.CanWait).ToList();
        var last = waits.Count > 0 ? waits : ahead.Where(node => node.Type == CloseCaseActivity.TypeName).ToList();
        var names = MadeOn(ahead).Concat(last.Select(node => node.DisplayText)).Distinct().ToList();
        return names.Count == 0 ? null : string.Join(IsOpen(ahead) ? '或' : '、', names);
    }

    /// <summary>What comes when a step is approved, or its form handed in; see <see cref="Names(CompiledNode, string)"/>.</summary>
    public static string? Names(CompiledNode step) =>
        Names(step, step.Type == StepActivity.FormType ? StepActivity.Submitted : StepActivity.Approved);

    /// <summary>
    /// What lies behind an outcome when all goes as planned: on through everything that asks nobody, up to what somebody has to do, what is
    /// waited for, and the end. Of an activity without people only Done is followed where it has it: its other outcomes are refusals.
    /// </summary>
    public static IReadOnlyList<CompiledNode> Planned(CompiledNode from, string outcome) =>
        Ahead(from, outcome, node => !node.CanWait && node.Type != CloseCaseActivity.TypeName, asPlanned: true);

    /// <summary>
    /// What is made on the way that others see, in words: documents, entries, entitlements, further cases. None where a condition on the way
    /// may lead past it.
    /// </summary>
    public static IEnumerable<string> MadeOn(IReadOnlyList<CompiledNode> ahead) =>
        IsOpen(ahead) ? [] : ahead.Where(node => Deeds.Shown.Contains(node.Type)).Select(MadeWords);

    private static bool IsOpen(IReadOnlyList<CompiledNode> ahead) =>
        ahead.Any(node => node.Type is "Elsa.FlowDecision" or "Elsa.FlowSwitch");

    // A certificate or letter with its verb, e.g. 颁发聘任证书; anything else is a deed by its own name.
    private static string MadeWords(CompiledNode node) => node.Type switch
    {
        "Approvals.IssueCertificate" when !HasVerb(node.DisplayText) => $"颁发{node.DisplayText}",
        "Approvals.IssueDocument" when !HasVerb(node.DisplayText) => $"制发{node.DisplayText}",
        _ => node.DisplayText,
    };

    // 颁发…, 制发…, 核发…, 发给…, 出具…
    private static bool HasVerb(string text) => text is [_, '发', ..] or ['发', ..] or ['出', '具', ..];

    /// <summary>The activities of the same flowchart that an outcome leads to, each once, along one branch after the other.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="outcome">Of <paramref name="from"/>; null for any.</param>
    /// <param name="isPassedOver">Whether to look on behind an activity; it is among the result either way.</param>
    /// <param name="asPlanned">Whether an activity that has a connection from Done is left by no other.</param>
    public static IReadOnlyList<CompiledNode> Ahead(
        CompiledNode from, string? outcome, Func<CompiledNode, bool> isPassedOver, bool asPlanned = false)
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
            foreach (var next in isPassedOver(node) ? Targets(node, Usual(node)).Reverse() : [])
                ahead.Push(next);
        }

        return found;

        string? Usual(CompiledNode at) => asPlanned && connections.Exists(one => one.Source == at.Id && one.Port == Done) ? Done : null;

        IEnumerable<CompiledNode> Targets(CompiledNode at, string? port) => connections
            .Where(one => one.Source == at.Id && (port is null || one.Port == port))
            .Select(one => nodes.GetValueOrDefault(one.Target)).OfType<CompiledNode>();
    }

    /// <summary>Steps that people worked on before this one and that lead here; none behind which money was granted.</summary>
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
                    connection["source"]?["port"]?.GetValue<string>() ?? Done,
                    connection["target"]?["activity"]?.GetValue<string>() ?? "")),
            ];
}
