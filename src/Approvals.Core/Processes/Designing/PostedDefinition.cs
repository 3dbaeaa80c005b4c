using System.Text.Json.Nodes;

namespace Approvals.Core.Processes.Designing;

/// <summary>
/// Turns what Studio posts into what is stored. Studio reads a definition into objects of its own and writes back only what those hold:
/// whatever else the version it edited had is taken over from there, so that nothing is lost on the way.
/// </summary>
public static class PostedDefinition
{
    /// <summary>Where the designer carries the number of the save it has seen; never stored.</summary>
    public const string RevisionProperty = "approvalsRevision";

    /// <summary>Where the designer carries the version it shows: a copy of a process is posted without ids, and this says of which.</summary>
    public const string OriginProperty = "approvalsOrigin";

    /// <summary>What a row knows and a stored definition therefore does not repeat.</summary>
    private static readonly string[] KnownByRow = ["links", "isLatest", "isPublished"];

    /// <summary>Everything Studio's own objects hold; what is missing of these was taken away on purpose.</summary>
    private static readonly Dictionary<string, string[]> StudioKnows = new(StringComparer.Ordinal)
    {
        [""] =
        [
            "id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes",
            "options", "root", .. KnownByRow,
        ],
        ["variables"] = ["id", "name", "typeName", "isArray", "value", "storageDriverTypeName"],
        ["inputs"] = ["type", "isArray", "name", "displayName", "description", "category", "uiHint", "storageDriverType"],
        ["outputs"] = ["type", "isArray", "name", "displayName", "description", "category"],
        ["options"] =
        [
            "activationStrategyType", "usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "incidentStrategyType",
            "commitStrategyName",
        ],
    };

    /// <summary>The stored form of a posted definition; <paramref name="posted"/> is left as it is.</summary>
    /// <param name="posted">The flat model.</param>
    /// <param name="before">The stored JSON of the version it was edited from; null for a new definition.</param>
    /// <exception cref="DesignRefused">It has no root, or has lost the original of an unknown activity.</exception>
    public static JsonObject ToStored(JsonObject posted, JsonObject? before)
    {
        var stored = (JsonObject)posted.DeepClone();
        foreach (var name in KnownByRow)
            stored.Remove(name);
        foreach (var list in new[] { "variables", "inputs", "outputs", "outcomes" })
            stored[list] ??= new JsonArray();
        stored["customProperties"] ??= new JsonObject();
        stored["options"] ??= new JsonObject();
        if (stored["options"] is JsonObject options)
            options["autoUpdateConsumingWorkflows"] ??= false;
        foreach (var argument in Items(stored, "inputs").Concat(Items(stored, "outputs")))
            argument["description"] ??= "";
        foreach (var name in new[] { RevisionProperty, OriginProperty, DefinitionFileStore.Property })
            (stored["customProperties"] as JsonObject)?.Remove(name);
        if (before is not null)
            KeepUnknown(stored, before);
        if (stored["root"] is not JsonObject root || !ActivityTree.IsActivity(root))
            throw new DesignRefused("提交的流程没有流程图，未保存。");
        UnknownActivities.Restore(root);
        ActivityTree.NumberNodes(root);
        return stored;
    }

    /// <summary>The number of the save that a posted definition was edited from; null when its sender does not say.</summary>
    public static int? RevisionOf(JsonObject posted) =>
        posted["customProperties"] is JsonObject custom && custom[RevisionProperty] is JsonValue value
            && int.TryParse(value.ToString(), out var revision) ? revision : null;

    /// <summary>The version that the designer showed to whoever posted this; null when its sender does not say.</summary>
    public static string? OriginOf(JsonObject posted) =>
        posted["customProperties"] is JsonObject custom && custom[OriginProperty] is JsonValue value
            && value.TryGetValue<string>(out var id) ? id : null;

    private static void KeepUnknown(JsonObject stored, JsonObject before)
    {
        CopyMissing(stored, before, StudioKnows[""]);
        if (stored["options"] is JsonObject settings && before["options"] is JsonObject optionsBefore)
            CopyMissing(settings, optionsBefore, StudioKnows["options"]);
        if (stored["customProperties"] is JsonObject custom && before["customProperties"] is JsonObject customBefore)
            CopyMissing(custom, customBefore, [RevisionProperty]);
        foreach (var (list, key) in new[] { ("variables", "id"), ("inputs", "name"), ("outputs", "name") })
        {
            var earlier = Items(before, list).ToLookup(item => item[key]?.ToString());
            foreach (var item in Items(stored, list))
            {
                if (earlier[item[key]?.ToString()].FirstOrDefault() is { } same)
                    CopyMissing(item, same, StudioKnows[list]);
            }
        }
    }

    private static IEnumerable<JsonObject> Items(JsonObject owner, string list) => (owner[list] as JsonArray ?? []).OfType<JsonObject>();

    private static void CopyMissing(JsonObject target, JsonObject source, IReadOnlyCollection<string> exceptFor)
    {
        foreach (var (name, value) in source)
        {
            if (!target.ContainsKey(name) && !exceptFor.Contains(name))
                target[name] = value?.DeepClone();
        }
    }
}
