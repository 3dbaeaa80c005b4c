using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Web.Tests.Studio;

/// <summary>A request that a stock Elsa 3.8 was sent, and its answer.</summary>
public sealed record RecordedPair(string Name, string Method, string Path, string? ContentType, JsonNode? Body, int Status, JsonNode? Answer)
{
    /// <summary>The recorded pair whose file begins with a number.</summary>
    public static RecordedPair Read(int number)
    {
        var assembly = typeof(RecordedPair).Assembly;
        var name = assembly.GetManifestResourceNames()
            .Single(one => one.StartsWith($"recorded.{number:000}-", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name)!;
        var json = JsonNode.Parse(stream)!;
        return new(
            name,
            (string)json["request"]!["method"]!,
            ((string)json["request"]!["path"]!)["/elsa/api".Length..],
            (string?)json["request"]!["contentType"],
            json["request"]!["body"]?.DeepClone(),
            (int)json["response"]!["status"]!,
            json["response"]!["body"]?.DeepClone());
    }
}

/// <summary>Compares an answer with a recorded one: everything the recording has must be there with the same value.</summary>
public static class RecordedShape
{
    /// <summary>What each server makes up by itself, or writes differently though Studio reads both.</summary>
    private static readonly HashSet<string> Generated = new(StringComparer.Ordinal)
    {
        "id", "createdAt", "storageDriverTypeName", "workflowDefinitionVersionId", "latestAvailablePublishedVersionId", "definitionVersionId",
        "originalActivityJson", "missingTypeVersion", "stringData", "nodeId", "totalCount",
    };

    /// <summary>Starting workflows from the designer is not offered.</summary>
    private static readonly HashSet<string> NotOffered = new(StringComparer.Ordinal) { "dispatch", "bulk-dispatch", "execute" };

    /// <summary>Differences, each with its path; empty when the answer has everything.</summary>
    public static IReadOnlyList<string> Differences(JsonNode? recorded, JsonNode? ours)
    {
        var found = new List<string>();
        Compare(recorded, ours, "$", found);
        return found;
    }

    private static void Compare(JsonNode? recorded, JsonNode? ours, string path, List<string> found)
    {
        switch (recorded)
        {
            case null:
                break;
            case JsonObject wanted when ours is JsonObject has:
                foreach (var (name, value) in wanted)
                    CompareProperty(name, value, has, $"{path}.{name}", found);
                break;
            case JsonArray wanted when ours is JsonArray has:
                var kept = wanted.Where(IsComparable).ToList();
                if (kept.Count != has.Count)
                    found.Add($"{path}: {kept.Count} recorded, {has.Count} here");
                foreach (var (one, index) in kept.Zip(has).Select((pair, index) => (pair, index)))
                    Compare(one.First, one.Second, $"{path}[{index}]", found);
                break;
            default:
                if (ours is null || recorded.GetValueKind() != ours.GetValueKind() || !JsonNode.DeepEquals(recorded, ours))
                    found.Add($"{path}: {recorded.ToJsonString()} recorded, {ours?.ToJsonString() ?? "nothing"} here");
                break;
        }
    }

    /// <summary>Neither a link to what is not offered, nor a workflow that only a stock Elsa brings along.</summary>
    private static bool IsComparable(JsonNode? item) => item is not JsonObject one
        || (!NotOffered.Contains(one["rel"]?.ToString() ?? "") && one["materializerName"]?.ToString() != "CLR");

    private static void CompareProperty(string name, JsonNode? value, JsonObject has, string path, List<string> found)
    {
        // Elsa invents a name for the input of an activity that is a workflow; nothing refers to it.
        if (name == "memoryReference" && value?["id"]?.ToString().Contains(":input-", StringComparison.Ordinal) == true)
            return;
        if (!has.ContainsKey(name) && value is not null)
            found.Add($"{path} is missing");
        else if (!Generated.Contains(name))
            Compare(value, has[name], path, found);
        else if (value is not null && has[name]?.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number) && name != "id")
            found.Add($"{path} is no value");
    }
}
