using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Approvals.Workflows;

/// <summary>
/// Writes any value so that it comes back as what it was: text, booleans and 32-bit numbers as plain JSON, the rest as
/// <c>{"$":"m","v":"12.30"}</c> with a letter for the type. Without it a decimal would return as a double.
/// </summary>
internal sealed class StateValueConverter : JsonConverter<object?>
{
    public override bool HandleNull => true;

    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string s: writer.WriteStringValue(s); break;
            case bool b: writer.WriteBooleanValue(b); break;
            case int i: writer.WriteNumberValue(i); break;
            case long l: Tagged(writer, "l", l.ToString(CultureInfo.InvariantCulture)); break;
            case decimal m: Tagged(writer, "m", m.ToString(CultureInfo.InvariantCulture)); break;
            case double d: Tagged(writer, "d", d.ToString("R", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset t: Tagged(writer, "t", t.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateTime t: Tagged(writer, "u", t.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateOnly t: Tagged(writer, "y", t.ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeSpan t: Tagged(writer, "s", t.ToString("c", CultureInfo.InvariantCulture)); break;
            case Guid g: Tagged(writer, "g", g.ToString()); break;
            default:
                writer.WriteStartObject();
                writer.WriteString("$", "j");
                writer.WritePropertyName("v");
                if (Values.ToJson(value) is { } json)
                    json.WriteTo(writer);
                else
                    writer.WriteNullValue();
                writer.WriteEndObject();
                break;
        }
    }

    public override object? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return null;
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.Number: return reader.GetInt32();
            default: return ReadTagged(JsonNode.Parse(ref reader)!.AsObject());
        }
    }

    private static void Tagged(Utf8JsonWriter writer, string tag, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("$", tag);
        writer.WriteString("v", text);
        writer.WriteEndObject();
    }

    private static object? ReadTagged(JsonObject json)
    {
        var tag = json["$"]?.GetValue<string>();
        var value = json["v"];
        if (tag == "j")
            return value?.DeepClone();
        var text = value!.GetValue<string>();
        return tag switch
        {
            "l" => long.Parse(text, CultureInfo.InvariantCulture),
            "m" => decimal.Parse(text, CultureInfo.InvariantCulture),
            "d" => double.Parse(text, CultureInfo.InvariantCulture),
            "t" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            "u" => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            "y" => DateOnly.Parse(text, CultureInfo.InvariantCulture),
            "s" => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
            "g" => Guid.Parse(text),
            _ => throw new JsonException($"Unknown value tag '{tag}'."),
        };
    }
}
