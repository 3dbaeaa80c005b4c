using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>Reads typed values out of case data; what is absent or of another shape is null, false or empty, never a fault.</summary>
public static class FieldValues
{
    /// <summary>A text; numbers and booleans as JSON writes them; null when absent or empty.</summary>
    public static string? Text(JsonNode? node) => node switch
    {
        null or JsonObject or JsonArray => null,
        _ when node.GetValueKind() == JsonValueKind.String => node.GetValue<string>() is { Length: > 0 } text ? text : null,
        _ => node.ToJsonString(),
    };

    /// <summary>A number or a money amount.</summary>
    public static decimal? Decimal(JsonNode? node) =>
        decimal.TryParse(Text(node), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var value) ? value : null;

    /// <summary>A date.</summary>
    public static DateOnly? Date(JsonNode? node) =>
        DateOnly.TryParseExact(Text(node), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : null;

    /// <summary>A declaration.</summary>
    public static bool Boolean(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;

    /// <summary>Rows.</summary>
    public static IEnumerable<JsonObject> Rows(JsonNode? node) => node is JsonArray array ? array.OfType<JsonObject>() : [];

    /// <summary>A date as it lies in the data.</summary>
    public static JsonNode Node(DateOnly date) => JsonValue.Create(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>An amount as it lies in the data: invariant, two decimals.</summary>
    public static JsonNode Money(decimal amount) => JsonValue.Create(amount.ToString("0.00", CultureInfo.InvariantCulture));
}
