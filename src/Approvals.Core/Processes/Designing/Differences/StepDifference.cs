using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Differences;

/// <summary>Steps that were added, removed or changed.</summary>
internal static class StepDifference
{
    private static readonly HashSet<string> Structure = new(StringComparer.Ordinal)
    {
        "id", "nodeId", "name", "type", "version", "metadata", "customProperties", "activities", "connections", "variables",
        "workflowDefinitionId", "latestAvailablePublishedVersion", "latestAvailablePublishedVersionId",
    };

    private static readonly Dictionary<string, string> Flags = new(StringComparer.Ordinal)
    {
        ["canStartWorkflow"] = "可由此开始", ["runAsynchronously"] = "异步执行", ["mergeMode"] = "合并方式", ["commitStrategyName"] = "提交策略",
    };

    public static IEnumerable<DesignChange> Find(JsonObject before, JsonObject after, Func<string, ActivityDescriptor?> describe)
    {
        var (old, now) = (ById(before), ById(after));
        foreach (var place in now.Values.Where(place => !old.ContainsKey(place.Id)))
            yield return Change(ChangeKind.Added, place, $"新增环节“{Name(place)}”（{TypeOf(place, describe)}）");
        foreach (var place in old.Values.Where(place => !now.ContainsKey(place.Id)))
            yield return Change(ChangeKind.Removed, place, $"删除环节“{Name(place)}”（{TypeOf(place, describe)}）");
        foreach (var place in now.Values.Where(place => old.ContainsKey(place.Id)))
        {
            foreach (var text in Changes(old[place.Id], place, describe))
                yield return Change(ChangeKind.Changed, place, text);
        }
    }

    /// <summary>How many stand elsewhere on the drawing.</summary>
    public static IEnumerable<DesignChange> Moved(JsonObject before, JsonObject after)
    {
        var old = ById(before);
        var moved = ById(after).Values.Count(place => old.TryGetValue(place.Id, out var earlier)
            && !JsonNode.DeepEquals(earlier.Json["metadata"]?["designer"]?["position"], place.Json["metadata"]?["designer"]?["position"]));
        if (moved > 0)
            yield return new DesignChange(ChangeKind.Changed, ChangeArea.Layout, null, $"{moved} 个环节在图上的位置有变动，不影响办理");
    }

    private static IEnumerable<string> Changes(ActivityPlace old, ActivityPlace now, Func<string, ActivityDescriptor?> describe)
    {
        var name = Name(now);
        if (Name(old) != Name(now))
            yield return $"“{Name(old)}”改名为“{name}”";
        if (old.Type != now.Type)
            yield return $"“{name}”的类型由{TypeOf(old, describe)}改为{TypeOf(now, describe)}";
        if (old.Parent?.Id != now.Parent?.Id)
            yield return $"“{name}”移到了{(now.Parent is null ? "流程" : $"“{Name(now.Parent)}”")}内";
        var descriptor = describe(now.Type);
        foreach (var key in old.Json.Concat(now.Json).Select(pair => pair.Key).Distinct(StringComparer.Ordinal).Where(key => !Structure.Contains(key)))
        {
            if (Property(name, key, old.Json[key], now.Json[key], descriptor) is { } text)
                yield return text;
        }

        foreach (var text in Options(name, old.Json, now.Json))
            yield return text;
    }

    private static string? Property(string name, string key, JsonNode? old, JsonNode? now, ActivityDescriptor? descriptor)
    {
        if (Holds(old) || Holds(now))
            return null;
        if (key == "workflowDefinitionVersionId")
            return DesignDifference.Text(old) == DesignDifference.Text(now) ? null : $"“{name}”使用的子流程换了版本";
        var output = descriptor?.Outputs.FirstOrDefault(one => Camel(one.Name) == key);
        if (output is not null)
            return Target(old) == Target(now) ? null : $"“{name}”的输出“{output.DisplayName}”改存到{Target(now) ?? "（无）"}";
        var input = descriptor?.Inputs.FirstOrDefault(one => Camel(one.Name) == key);
        if (InputWords.Compared(old, input) == InputWords.Compared(now, input))
            return null;
        var (from, to) = (InputWords.Of(old, input), InputWords.Of(now, input));
        var caption = input?.DisplayName ?? key;
        return from == to ? $"“{name}”的“{caption}”有修改" : $"“{name}”的“{caption}”由“{from}”改为“{to}”";
    }

    private static IEnumerable<string> Options(string name, JsonObject old, JsonObject now)
    {
        var (before, after) = (old["customProperties"] as JsonObject ?? [], now["customProperties"] as JsonObject ?? []);
        foreach (var key in before.Concat(after).Select(pair => pair.Key).Distinct(StringComparer.Ordinal).Where(key => key != "notFoundConnections"))
        {
            var (from, to) = (Word(before[key]), Word(after[key]));
            if (from != to)
                yield return $"“{name}”的“{Flags.GetValueOrDefault(key, key)}”由“{from}”改为“{to}”";
        }

        var (description, described) = (DesignDifference.Text(old["metadata"]?["description"]), DesignDifference.Text(now["metadata"]?["description"]));
        if ((description ?? "") != (described ?? ""))
            yield return $"“{name}”的说明有修改";
        if (CanonicalJson.Serialize(old["variables"] ?? new JsonArray()) != CanonicalJson.Serialize(now["variables"] ?? new JsonArray()))
            yield return $"“{name}”的变量有修改";
    }

    private static string Word(JsonNode? value) => DesignDifference.Text(value) switch
    {
        null or "" or "false" => "否",
        "true" => "是",
        var text => text,
    };

    /// <summary>An embedded activity, or a list of them, is compared for itself.</summary>
    private static bool Holds(JsonNode? value) => value switch
    {
        JsonObject json => ActivityTree.IsActivity(json),
        JsonArray list => list.OfType<JsonObject>().Any(ActivityTree.IsActivity),
        _ => false,
    };

    private static string? Target(JsonNode? output) => DesignDifference.Text(output?["memoryReference"]?["id"]);

    private static Dictionary<string, ActivityPlace> ById(JsonObject model) => DesignDifference.Places(model)
        .Where(place => place.Parent is not null).GroupBy(place => place.Id, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private static DesignChange Change(ChangeKind kind, ActivityPlace place, string text) => new(kind, ChangeArea.Steps, place.Id, text);

    private static string Name(ActivityPlace place) => DesignDifference.NameOf(place.Json);

    private static string TypeOf(ActivityPlace place, Func<string, ActivityDescriptor?> describe) => describe(place.Type)?.DisplayName ?? place.Type;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
