using System.Text.Json.Nodes;

namespace Approvals.Core.Processes.Designing.Differences;

/// <summary>What the process says of itself: name, settings, variables, inputs and outputs.</summary>
internal static class SettingDifference
{
    private static readonly Dictionary<string, string> Captions = new(StringComparer.Ordinal)
    {
        ["name"] = "流程名称", ["description"] = "流程说明", ["usableAsActivity"] = "可作为活动使用", ["activityCategory"] = "工具箱分组",
        ["autoUpdateConsumingWorkflows"] = "自动更新使用者", ["incidentStrategyType"] = "故障处理", ["activationStrategyType"] = "启动条件",
        ["commitStrategyName"] = "提交策略", ["isStartable"] = "可由申请人发起", ["caseNumberPrefix"] = "业务编号前缀", ["ownerSection"] = "承办处室",
        ["startForm"] = "发起表单", ["startActivity"] = "发起环节", ["subjectField"] = "标题字段", ["specialtyField"] = "专业类别字段",
    };

    public static IEnumerable<DesignChange> Find(JsonObject before, JsonObject after)
    {
        foreach (var name in new[] { "name", "description" })
        {
            if (Compare(name, before[name], after[name]) is { } change)
                yield return change;
        }

        foreach (var change in Each(before["options"], after["options"]).Concat(Each(Settings(before), Settings(after))))
            yield return change;
        foreach (var change in Named("variables", "变量", "id").Concat(Named("inputs", "输入", "name")).Concat(Named("outputs", "输出", "name")))
            yield return change;
        if (!Same(before["outcomes"] as JsonArray ?? [], after["outcomes"] as JsonArray ?? []))
            yield return Change(ChangeKind.Changed, "流程的出口有修改");

        IEnumerable<DesignChange> Named(string list, string what, string key)
        {
            var (old, now) = (ByKey(before[list], key), ByKey(after[list], key));
            foreach (var (id, item) in now)
            {
                if (!old.TryGetValue(id, out var earlier))
                    yield return Change(ChangeKind.Added, $"新增{what}“{Name(item, id)}”");
                else if (!Same(earlier, item))
                    yield return Change(ChangeKind.Changed, $"{what}“{Name(item, id)}”有修改");
            }

            foreach (var (id, item) in old.Where(pair => !now.ContainsKey(pair.Key)))
                yield return Change(ChangeKind.Removed, $"删除{what}“{Name(item, id)}”");
        }
    }

    private static IEnumerable<DesignChange> Each(JsonNode? old, JsonNode? now)
    {
        var (before, after) = (old as JsonObject ?? [], now as JsonObject ?? []);
        return before.Concat(after).Select(pair => pair.Key).Distinct(StringComparer.Ordinal)
            .Select(key => Compare(key, before[key], after[key])).OfType<DesignChange>();
    }

    private static DesignChange? Compare(string key, JsonNode? old, JsonNode? now)
    {
        var (from, to) = (Word(old), Word(now));
        return from == to ? null
            : Change(ChangeKind.Changed, $"“{Captions.GetValueOrDefault(key, key)}”由“{from}”改为“{to}”");
    }

    private static string Word(JsonNode? value) => value switch
    {
        JsonObject or JsonArray => value.ToJsonString(DesignJson.Compact),
        _ => DesignDifference.Text(value) switch { "true" => "是", null or "" or "false" => "无", var text => text },
    };

    private static JsonNode? Settings(JsonObject model) => (model["customProperties"] as JsonObject)?["approvals"];

    private static string Name(JsonObject item, string id) => DesignDifference.Text(item["displayName"]) is { Length: > 0 } caption
        ? caption : DesignDifference.Text(item["name"]) ?? id;

    private static Dictionary<string, JsonObject> ByKey(JsonNode? list, string key) => (list as JsonArray ?? []).OfType<JsonObject>()
        .GroupBy(item => DesignDifference.Text(item[key]) ?? "").ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Equal when what is not null on either side is equal: Studio writes out what files leave away.</summary>
    private static bool Same(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (JsonObject left, JsonObject right) => left.Concat(right).Select(pair => pair.Key).Distinct().All(key => Same(left[key], right[key])),
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => Same(pair.First, pair.Second)),
        _ => (Blank(one) && Blank(other)) || JsonNode.DeepEquals(one, other),
    };

    private static bool Blank(JsonNode? value) => value is null || DesignDifference.Text(value) is "" or "false";

    private static DesignChange Change(ChangeKind kind, string text) => new(kind, ChangeArea.Settings, null, text);
}
