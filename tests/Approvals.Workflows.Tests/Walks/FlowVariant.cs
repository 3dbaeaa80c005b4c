using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>An activity of a version.</summary>
public sealed record VariantNode(string Id, bool Waits, string[] Outcomes, string Mode, bool Terminal);

/// <summary>A connection of a version, by ids.</summary>
public sealed record VariantEdge(string From, string Port, string To);

/// <summary>A flowchart as a process owner may change it from version to version; the order of its parts means nothing.</summary>
public sealed class FlowVariant(IReadOnlyList<VariantNode> nodes, IReadOnlyList<VariantEdge> edges, string start)
{
    private static readonly string[] Modes = ["WaitAllActive", "WaitAll", "WaitAny"];

    public IReadOnlyList<VariantNode> Nodes => nodes;

    public IReadOnlyList<VariantEdge> Edges => edges;

    public static FlowVariant First(Random random)
    {
        var (nodes, edges, _) = FlowGenerator.Make(random);
        return new FlowVariant(
            [.. nodes.Select(node => new VariantNode(node.Id, node.Waits, node.Outcomes, node.Join, node.Terminal))],
            [.. edges.Select(edge => new VariantEdge(nodes[edge.From].Id, edge.Port, nodes[edge.To].Id))],
            nodes[0].Id);
    }

    /// <summary>Activities that can be reached from the start.</summary>
    public HashSet<string> Reachable() => From(start);

    /// <summary>Whether a connection may lead back: its target can reach its source.</summary>
    public bool MayLeadBack(VariantEdge edge) => From(edge.To).Contains(edge.From);

    public int IndexOf(string id) => nodes.ToList().FindIndex(node => node.Id == id);

    private HashSet<string> From(string first)
    {
        var seen = new HashSet<string> { first };
        for (var count = 0; count < seen.Count;)
        {
            count = seen.Count;
            foreach (var edge in edges.Where(edge => seen.Contains(edge.From)).ToList())
                seen.Add(edge.To);
        }

        return seen;
    }

    /// <summary>The same flowchart with everything in another order.</summary>
    public FlowVariant Shuffled(Random random) =>
        new([.. nodes.OrderBy(_ => random.Next())], [.. edges.OrderBy(_ => random.Next())], start);

    /// <summary>
    /// The same flowchart with its activities in another order. Its connections keep theirs: where two of them could close a cycle, the
    /// order says which of them leads back.
    /// </summary>
    public FlowVariant Reordered(Random random) => new([.. nodes.OrderBy(_ => random.Next())], edges, start);

    /// <summary>One change of a process owner.</summary>
    public FlowVariant Changed(Random random)
    {
        var (list, lines) = (nodes.ToList(), edges.ToList());
        switch (random.Next(6))
        {
            case 0 when lines.Count > 0:
                var line = lines[random.Next(lines.Count)];
                var added = new VariantNode($"x{random.Next(1000)}", true, ["Done"], "WaitAllActive", false);
                list.Add(added);
                lines.Remove(line);
                lines.Add(line with { To = added.Id });
                lines.Add(new VariantEdge(added.Id, "Done", line.To));
                break;
            case 1 when list.Count > 3:
                var gone = list[random.Next(list.Count)];
                if (gone.Id == start || gone.Terminal)
                    break;
                list.Remove(gone);
                var into = lines.Where(one => one.To == gone.Id && one.From != gone.Id).ToList();
                var outOf = lines.Where(one => one.From == gone.Id && one.To != gone.Id).ToList();
                lines.RemoveAll(one => one.From == gone.Id || one.To == gone.Id);
                lines.AddRange(into.SelectMany(one => outOf.Select(other => one with { To = other.To })));
                break;
            case 2:
                var (from, to) = (list[random.Next(list.Count)], list[random.Next(list.Count)]);
                if (!from.Terminal)
                    lines.Add(new VariantEdge(from.Id, random.Next(2) == 0 ? "Done" : "A", to.Id));
                break;
            case 3 when lines.Count > 1:
                lines.RemoveAt(random.Next(lines.Count));
                break;
            case 4:
                var place = random.Next(list.Count);
                if (list[place].Id != start && !list[place].Terminal)
                    list[place] = list[place] with { Mode = Modes[random.Next(Modes.Length)] };
                break;
            default:
                var other = random.Next(list.Count);
                if (!list[other].Terminal)
                    list[other] = list[other] with { Waits = !list[other].Waits };
                break;
        }

        return new FlowVariant([.. list.DistinctBy(node => node.Id)], [.. lines.Distinct()], start);
    }

    public string ToJson(string version)
    {
        var draw = Draw.Of([.. nodes.Select(Write)]);
        draw.Lines([.. edges.Select(edge => $"{edge.From}.{edge.Port}>{edge.To}")]);
        var json = JsonNode.Parse(draw.Json)!;
        json["id"] = version;
        return json.ToJsonString();
    }

    private JsonObject Write(VariantNode node)
    {
        var activity = node.Terminal ? Draw.Activity(node.Id, "End")
            : node.Waits ? Draw.Activity(node.Id, "Test.Wait")
            : Draw.Activity(node.Id, "Test.Pass", ("take", Draw.Expression("Object", new JsonArray([.. node.Outcomes]).ToJsonString())));
        activity["customProperties"] = new JsonObject
        {
            ["canStartWorkflow"] = node.Id == start,
            ["mergeMode"] = node.Mode switch { "WaitAllActive" => null, "WaitAll" => "Merge", "WaitAny" => "Race", var mode => mode },
        };
        return activity;
    }
}
