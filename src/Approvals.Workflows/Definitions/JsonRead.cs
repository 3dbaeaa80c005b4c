using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Reads properties out of definition JSON and says where the document is wrong.</summary>
internal static class JsonRead
{
    public static string? Text(JsonObject owner, string name, string path)
    {
        var node = owner[name];
        return node switch
        {
            null => null,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            JsonValue value when value.GetValueKind() is JsonValueKind.Number => value.ToJsonString(),
            _ => throw new DefinitionFormatException($"{path}.{name}", "应为文本。"),
        };
    }

    public static bool Flag(JsonObject owner, string name) =>
        owner[name] is JsonValue value
        && (value.GetValueKind() == JsonValueKind.True
            || (value.GetValueKind() == JsonValueKind.String && bool.TryParse(value.GetValue<string>(), out var parsed)
                && parsed));

    public static int? Number(JsonObject owner, string name, string path)
    {
        if (owner[name] is not JsonValue value)
            return null;
        if (value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number))
            return number;
        throw new DefinitionFormatException($"{path}.{name}", "应为整数。");
    }

    public static JsonObject? Object(JsonObject owner, string name, string path) => owner[name] switch
    {
        null => null,
        JsonObject found => found,
        _ => throw new DefinitionFormatException($"{path}.{name}", "应为对象。"),
    };

    public static IEnumerable<(JsonObject Item, string Path)> Objects(JsonObject owner, string name, string path)
    {
        var at = path == name ? name : $"{path}.{name}";
        if (owner[name] is null)
            yield break;
        if (owner[name] is not JsonArray array)
            throw new DefinitionFormatException(at, "应为数组。");
        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] is not JsonObject item)
                throw new DefinitionFormatException($"{at}[{i}]", "应为对象。");
            yield return (item, $"{at}[{i}]");
        }
    }

    public static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
