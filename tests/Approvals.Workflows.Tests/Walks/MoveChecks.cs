namespace Approvals.Workflows.Tests;

/// <summary>
/// What must hold between the states before and after a move, written on the drawn flowcharts alone: marks of connections and fates of
/// activities stand in their order.
/// </summary>
internal static class MoveChecks
{
    private const byte Followed = 1;
    private const byte NotFollowed = 2;
    private const byte Skipped = 2;

    public static void Check(
        FlowVariant before, FlowState old, FlowVariant after, FlowState now, IEnumerable<string> waiting, Action<bool, string> check)
    {
        var reachable = after.Reachable();
        foreach (var place in waiting)
            check(reachable.Contains(place), $"{place} waits and nothing leads to it any more");
        var wasReachable = before.Reachable();
        foreach (var (node, index) in before.Nodes.Select((node, index) => (node, index)).Where(one => old.Nodes[one.index] == 0 && wasReachable.Contains(one.node.Id)))
        {
            var place = after.IndexOf(node.Id);
            check(place < 0 || now.Nodes[place] != Skipped, $"{node.Id} was to come and is left out");
            var arrived = Marks(before, old, node.Id).Count(mark => mark == Followed);
            check(arrived == 0 || (place >= 0 && now.Nodes[place] == 0), $"a branch waits at {node.Id}, which is gone");
            check(arrived == 0 || Marks(after, now, node.Id).Count(mark => mark == Followed) >= arrived, $"a branch that had come to {node.Id} is lost");
        }

        foreach (var node in after.Nodes.Where(node => node.Mode == "WaitAll" && IsDoomed(after, now, node.Id)))
        {
            var known = before.Nodes.FirstOrDefault(one => one.Id == node.Id);
            check(known is { Mode: "WaitAll" } && Marks(before, old, node.Id).Contains(NotFollowed), $"{node.Id} waits for all and one will never come");
        }
    }

    private static bool IsDoomed(FlowVariant version, FlowState state, string id)
    {
        // A connection that leads back is never marked and never waited for.
        var marks = Marks(version, state, id, edge => !version.MayLeadBack(edge)).ToList();
        return state.Nodes[version.IndexOf(id)] == 0 && marks.Contains(NotFollowed) && marks.Any(mark => mark != NotFollowed);
    }

    private static IEnumerable<byte> Marks(FlowVariant version, FlowState state, string id, Func<VariantEdge, bool>? which = null) =>
        version.Edges.Select((edge, index) => (edge, index)).Where(one => one.edge.To == id && which?.Invoke(one.edge) != false)
            .Select(one => state.Marks[one.index]);
}
