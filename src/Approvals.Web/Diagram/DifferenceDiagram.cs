using System.Text.Json.Nodes;
using Approvals.Core.Processes.Designing.Differences;

namespace Approvals.Web.Diagram;

/// <summary>Two versions of a process in one drawing: the later one, with what was taken away still in it, crossed out.</summary>
public static class DifferenceDiagram
{
    private const double Gap = 24;

    /// <summary>SVG markup; empty when there is nothing to draw.</summary>
    public static string Draw(Comparison comparison, FlowWords? language = null)
    {
        var states = new Dictionary<string, FlowStepState>(StringComparer.Ordinal);
        foreach (var activity in Activities(comparison.Before.Model).Concat(Activities(comparison.After.Model)))
            states[Id(activity)] = FlowStepState.Unchanged;
        foreach (var change in comparison.Changes.Where(change => change.ActivityId is not null))
        {
            states[change.ActivityId!] = change.Kind switch
            {
                ChangeKind.Added => FlowStepState.Added,
                ChangeKind.Removed => FlowStepState.Removed,
                _ => FlowStepState.Changed,
            };
        }

        var (before, after) = (Lines(comparison.Before.Model), Lines(comparison.After.Model));
        var lines = before.Except(after).Select(line => (line, State: FlowStepState.Removed))
            .Concat(after.Except(before).Select(line => (line, State: FlowStepState.Added)))
            .ToDictionary(pair => pair.line, pair => pair.State);
        return FlowDiagram.Draw(Merge(comparison).ToJsonString(), states, language, lines);
    }

    private static JsonObject Merge(Comparison comparison)
    {
        var merged = (JsonObject)comparison.After.Model.DeepClone();
        if (merged["root"] is not JsonObject root)
            return merged;
        var activities = root["activities"] as JsonArray ?? [];
        var present = activities.OfType<JsonObject>().Select(Id).ToHashSet(StringComparer.Ordinal);
        var taken = activities.OfType<JsonObject>().Select(Position).ToList();
        foreach (var gone in Activities(comparison.Before.Model).Where(activity => !present.Contains(Id(activity))))
        {
            var copy = (JsonObject)gone.DeepClone();
            var (x, y) = Position(copy);
            while (taken.Exists(place => Math.Abs(place.X - x) < 140 && Math.Abs(place.Y - y) < 50))
                y += 50 + Gap;
            taken.Add((x, y));
            copy["metadata"] ??= new JsonObject();
            copy["metadata"]!["designer"] ??= new JsonObject();
            copy["metadata"]!["designer"]!["position"] = new JsonObject { ["x"] = x, ["y"] = y };
            activities.Add(copy);
        }

        var lines = root["connections"] as JsonArray ?? [];
        var drawn = lines.OfType<JsonObject>().Select(Line).ToHashSet();
        var earlier = (comparison.Before.Model["root"]?["connections"] as JsonArray ?? []).OfType<JsonObject>();
        foreach (var line in earlier.Where(line => !drawn.Contains(Line(line))))
            lines.Add(line.DeepClone());
        root["activities"] = activities.Parent is null ? activities : root["activities"];
        root["connections"] = lines.Parent is null ? lines : root["connections"];
        return merged;
    }

    private static IEnumerable<JsonObject> Activities(JsonObject model) =>
        (model["root"]?["activities"] as JsonArray ?? []).OfType<JsonObject>();

    private static string Id(JsonObject activity) => activity["id"]?.ToString() ?? "";

    private static HashSet<(string From, string Port, string To)> Lines(JsonObject model) =>
        [.. (model["root"]?["connections"] as JsonArray ?? []).OfType<JsonObject>().Select(Line)];

    private static (string From, string Port, string To) Line(JsonObject line) => (
        line["source"]?["activity"]?.ToString() ?? "", line["source"]?["port"]?.ToString() ?? "Done", line["target"]?["activity"]?.ToString() ?? "");

    private static (double X, double Y) Position(JsonObject activity)
    {
        var position = activity["metadata"]?["designer"]?["position"];
        return (Number(position?["x"]), Number(position?["y"]));
    }

    private static double Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : 0;
}
