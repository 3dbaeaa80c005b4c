using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Designer;
using Approvals.Core.Organisation;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Differences;

/// <summary>What an input holds, as people read it and as it is compared.</summary>
internal static class InputWords
{
    private const int Longest = 120;

    /// <summary>Equal texts for inputs that do the same, however they were written down.</summary>
    public static string Compared(JsonNode? stored, InputDescriptor? input)
    {
        if (stored is JsonObject wrapped && wrapped.ContainsKey("expression"))
        {
            var expression = wrapped["expression"];
            if (Type(wrapped) is "Literal" or "Object" or "Json")
                return Fixed(stored, input);
            return expression is null ? Fixed(null, input) : CanonicalJson.Serialize(expression);
        }

        return stored is null or JsonValue || (stored is JsonObject empty && Type(empty) is null && empty.ContainsKey("typeName"))
            ? Fixed(stored is JsonValue ? stored : null, input)
            : CanonicalJson.Serialize(stored);
    }

    /// <summary>The value in words; an empty one is its default.</summary>
    public static string Of(JsonNode? stored, InputDescriptor? input)
    {
        var values = Values(stored, input);
        if (stored is JsonObject wrapped && Type(wrapped) is { } type and not ("Literal" or "Object" or "Json"))
            return Cut($"表达式 {DesignDifference.Text(wrapped["expression"]?["value"]) ?? wrapped["expression"]?["value"]?.ToJsonString()}（{type}）");
        if (stored is JsonArray or JsonObject && values.Count == 0 && stored["expression"] is null && stored is not JsonObject { Count: 0 })
            return Cut(stored.ToJsonString(DesignJson.Compact));
        return values.Count == 0 ? "（空）" : Cut(string.Join("、", values.Select(value => Word(value, input))));
    }

    private static string Fixed(JsonNode? stored, InputDescriptor? input) => "=" + string.Join('\n', Values(stored, input));

    private static IReadOnlyList<string> Values(JsonNode? stored, InputDescriptor? input)
    {
        var values = StoredValues.Of(stored);
        return values.Count > 0 || input?.DefaultValue is not { } fallback || IsEmptied(stored)
            ? values
            : [Convert.ToString(fallback, CultureInfo.InvariantCulture)!];
    }

    /// <summary>Text that was taken out on purpose, e.g. the caption of a button that shall not be there.</summary>
    private static bool IsEmptied(JsonNode? stored) => stored is JsonObject wrapped && Type(wrapped) == "Literal"
        && wrapped["expression"]?["value"] is JsonValue value && value.ToString().Length == 0;

    private static string Word(string value, InputDescriptor? input)
    {
        if (value is "True" or "true")
            return "是";
        if (value is "False" or "false")
            return "否";
        if (input?.OptionSource == OptionSources.Participants && ParticipantSpec.TryParse(value) is { } spec)
            return ParticipantWords.Of(spec);
        var options = (input?.UiSpecifications ?? []).Select(pair => pair.Value as JsonObject).OfType<JsonObject>()
            .SelectMany(lists => lists.Select(pair => pair.Value?["items"] as JsonArray ?? [])).SelectMany(items => items);
        return options.FirstOrDefault(option => DesignDifference.Text(option?["value"]) == value)?["text"]?.ToString() ?? value;
    }

    private static string? Type(JsonObject wrapped) => DesignDifference.Text((wrapped["expression"] as JsonObject)?["type"]);

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }
}
