using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Core.Designer;

/// <summary>Reads the fixed values that Studio has stored in an input.</summary>
public static class StoredValues
{
    /// <summary>
    /// The texts of a fixed value: one for text, several for a list, which Studio stores as JSON text. Nothing for an
    /// expression or an empty input. Never throws.
    /// </summary>
    /// <param name="input">An input as stored: wrapped in an expression, or plain.</param>
    public static IReadOnlyList<string> Of(JsonNode? input)
    {
        if (input is not JsonObject wrapped)
            return Texts(input);
        if (wrapped["expression"] is not JsonObject expression)
            return [];
        var type = expression["type"] is JsonValue named && named.TryGetValue<string>(out var text) ? text : "Literal";
        return type switch
        {
            "Literal" => Texts(expression["value"]),
            "Object" or "Json" => Parsed(expression["value"]),
            _ => [],
        };
    }

    private static IReadOnlyList<string> Parsed(JsonNode? value)
    {
        if (value is not JsonValue scalar || !scalar.TryGetValue<string>(out var text))
            return Texts(value);
        try
        {
            return Texts(JsonNode.Parse(text));
        }
        catch (JsonException)
        {
            return Texts(value);
        }
    }

    private static IReadOnlyList<string> Texts(JsonNode? value) => value switch
    {
        JsonArray list => [.. list.SelectMany(Texts)],
        JsonValue scalar when scalar.GetValueKind() is not (JsonValueKind.Null or JsonValueKind.Undefined) =>
            scalar.ToString() is { Length: > 0 } text ? [text] : [],
        _ => [],
    };
}
