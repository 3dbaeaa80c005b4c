using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Core.Processes.Designing;

/// <summary>
/// Activities of a type that this installation does not have. Studio draws nothing at all of a definition with one and would then save
/// the emptiness; so it is shown <c>Elsa.NotFoundActivity</c> in their place, which carries the original along, and what comes back
/// becomes the original again.
/// </summary>
public static class UnknownActivities
{
    /// <summary>The type Studio is shown.</summary>
    public const string PlaceholderType = "Elsa.NotFoundActivity";

    /// <summary>What a placeholder may change of the original: where it stands and what it is called.</summary>
    private static readonly string[] Visible = ["id", "name", "metadata"];

    /// <summary>Puts placeholders in the place of what nobody knows; changes <paramref name="root"/>.</summary>
    /// <param name="root">The root activity.</param>
    /// <param name="isKnown">Whether an activity can be shown as it is.</param>
    public static void Hide(JsonObject root, Func<ActivityPlace, bool> isKnown)
    {
        foreach (var place in Outermost(root, isKnown))
        {
            var original = place.Json.ToJsonString(DesignJson.Compact);
            var shown = (JsonObject)place.Json.DeepClone();
            foreach (var name in shown.Select(pair => pair.Key).Where(name => !Shown(name)).ToList())
                shown.Remove(name);
            shown["type"] = PlaceholderType;
            shown["version"] = 1;
            shown["missingTypeName"] = place.Type;
            shown["missingTypeVersion"] = place.Json["version"]?.DeepClone() ?? 1;
            shown["originalActivityJson"] = original;
            shown["outcomes"] = Outcomes(place);
            Replace(place.Json, shown);
        }
    }

    /// <summary>Puts the originals back; changes <paramref name="root"/>.</summary>
    /// <exception cref="DesignRefused">A placeholder has lost its original.</exception>
    public static void Restore(JsonObject root)
    {
        foreach (var place in ActivityTree.Walk(root).Where(place => place.Type == PlaceholderType).ToList())
        {
            var restored = OriginalOf(place.Json)
                ?? throw new DesignRefused($"未知活动“{NameOf(place.Json)}”的原始内容已丢失，未保存。请重新打开流程后再改。");
            foreach (var name in Visible)
            {
                if (place.Json[name] is { } value)
                    restored[name] = value.DeepClone();
            }

            Replace(place.Json, restored);
        }
    }

    /// <summary>What people call an activity: its title, its name, or its id.</summary>
    public static string NameOf(JsonObject activity) =>
        new[] { (activity["metadata"] as JsonObject)?["displayText"], activity["name"], activity["id"] }
            .Select(node => node?.GetValueKind() == JsonValueKind.String ? (string?)node : null)
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "";

    /// <summary>Ports that connections leave the activity by: without them the designer would not draw those connections, and lose them.</summary>
    private static JsonObject Outcomes(ActivityPlace place)
    {
        var ports = (place.Parent!.Json["connections"] as JsonArray ?? [])
            .Select(connection => connection?["source"] as JsonObject)
            .Where(source => source?["activity"]?.ToString() == place.Id)
            .Select(source => source!["port"]?.ToString() ?? "Done")
            .Distinct(StringComparer.Ordinal);
        return new JsonObject
        {
            ["typeName"] = null,
            ["expression"] = new JsonObject
            {
                ["type"] = "Object",
                ["value"] = new JsonArray([.. ports.Select(port => JsonValue.Create(port))]).ToJsonString(DesignJson.Compact),
            },
            ["memoryReference"] = null,
        };
    }

    private static bool Shown(string name) => name is "id" or "nodeId" or "name" or "metadata" or "customProperties";

    /// <summary>Unknown activities that are not inside of another: what an unknown one holds goes along with it.</summary>
    private static List<ActivityPlace> Outermost(JsonObject root, Func<ActivityPlace, bool> isKnown)
    {
        var hidden = new HashSet<ActivityPlace>();
        var found = new List<ActivityPlace>();
        foreach (var place in ActivityTree.Walk(root).Where(place => place.Parent is not null).ToList())
        {
            if (hidden.Contains(place.Parent!))
                hidden.Add(place);
            else if (place.Type != PlaceholderType && !isKnown(place) && hidden.Add(place))
                found.Add(place);
        }

        return found;
    }

    private static JsonObject? OriginalOf(JsonObject placeholder)
    {
        try
        {
            return placeholder["originalActivityJson"] is JsonValue text && text.TryGetValue<string>(out var json)
                && JsonNode.Parse(json) is JsonObject original && ActivityTree.IsActivity(original) ? original : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Replace(JsonObject target, JsonObject content)
    {
        target.Clear();
        foreach (var (name, value) in content.ToList())
        {
            content.Remove(name);
            target[name] = value;
        }
    }
}
