using System.Text.Json.Nodes;

namespace Approvals.Workflows.Tests;

/// <summary>Ends at once with given outcomes.</summary>
[Activity("Test", "Pass")]
public sealed class Pass : Activity
{
    [Input(UiHint = UiHints.DynamicOutcomes, FixedOutcomes = ["Done", "A", "B"])]
    public Input<List<string>> Exits { get; set; } = null!;

    [Input]
    public Input<List<string>> Take { get; set; } = null!;

    public override ValueTask ExecuteAsync(ActivityContext context) => context.CompleteAsync([.. context.Get(Take)!]);
}

/// <summary>Makes random flowcharts: forks, joins of all kinds, decisions, ways back, an end.</summary>
public static class FlowGenerator
{
    private static readonly string[] Ports = ["Done", "A", "B"];
    private static readonly string[] Joins =
        ["WaitAllActive", "WaitAllActive", "WaitAllActive", "WaitAll", "WaitAny", "Merge", "Converge", "Race", "Cascade",
            "Stream"];

    public static (RefNode[] Nodes, RefEdge[] Edges, string Json) Make(Random random)
    {
        var count = random.Next(4, 14);
        var edges = new HashSet<RefEdge>();
        for (var to = 1; to < count; to++)
            edges.Add(new RefEdge(random.Next(Math.Max(0, to - 3), to), Ports[random.Next(3)], to));
        for (var i = random.Next(count); i > 0; i--)
        {
            var from = random.Next(0, count - 1);
            edges.Add(new RefEdge(from, Ports[random.Next(3)], random.Next(from + 1, Math.Min(count, from + 5))));
        }

        var waits = Enumerable.Range(0, count).Select(i => random.Next(10) < 7).ToArray();
        for (var i = random.Next(5); i > 0; i--)
        {
            var from = random.Next(1, count);
            waits[from] = true;
            edges.Add(new RefEdge(from, random.Next(5) == 0 ? "A" : "Back", random.Next(0, from + 1)));
        }

        var terminal = random.Next(4) == 0 ? count - 1 : -1;
        edges.RemoveWhere(e => e.From == terminal);
        var list = edges.OrderBy(_ => random.Next()).ToArray();
        var modes = new string[count];
        var nodes = new RefNode[count];
        for (var n = 0; n < count; n++)
        {
            modes[n] = list.Count(e => e.To == n) > 1 || random.Next(8) == 0 ? Joins[random.Next(Joins.Length)] : "WaitAllActive";
            if (n == 0 || n == terminal)
                modes[n] = "WaitAllActive";
            var join = modes[n] switch { "Merge" or "Converge" => "WaitAll", "Race" => "WaitAny", var same => same };
            var outcomes = Ports.Where(_ => random.Next(2) == 0).DefaultIfEmpty("Done").ToArray();
            nodes[n] = new RefNode($"n{n}", waits[n] && n != terminal, n == terminal ? ["Done"] : outcomes, join, n == terminal);
        }

        return (nodes, list, Write(nodes, modes, list));
    }

    private static string Write(RefNode[] nodes, string[] modes, RefEdge[] edges)
    {
        var activities = nodes.Select((node, i) =>
        {
            // The first is started by name, so that a loop may lead back to it.
            var activity = node.Terminal ? Draw.Activity(node.Id, "End")
                : node.Waits ? Draw.Activity(node.Id, "Test.Wait")
                : Draw.Activity(node.Id, "Test.Pass", ("take", Draw.Expression("Object",
                    new JsonArray([.. node.Outcomes]).ToJsonString())));
            var custom = new JsonObject { ["canStartWorkflow"] = i == 0 };
            activity["customProperties"] = custom;
            custom["mergeMode"] = modes[i] switch
            {
                "WaitAllActive" => null, "WaitAll" => "Merge", "WaitAny" => "Race", var mode => mode,
            };
            return activity;
        }).ToArray();
        var draw = Draw.Of(activities);
        draw.Lines([.. edges.Select(e => $"n{e.From}.{e.Port}>n{e.To}")]);
        return draw.Json;
    }
}
