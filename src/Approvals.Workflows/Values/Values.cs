using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Conversions between what definitions, expressions and activities call a value. Culture: invariant.</summary>
public static class Values
{
    private static readonly CultureInfo[] DateCultures = [CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("zh-CN")];

    /// <summary>Converts, or throws <see cref="FormatException"/> saying what could not be read as what.</summary>
    public static object? Convert(object? value, Type type) =>
        TryConvert(value, type, out var converted, out var error) ? converted : throw new FormatException(error);

    /// <summary>
    /// Converts <paramref name="value"/> to <paramref name="type"/>. Null and empty text give null (the type's default).
    /// Text is parsed the way Studio writes it; JSON is read by shape; numbers convert when nothing is cut off.
    /// </summary>
    public static bool TryConvert(object? value, Type type, out object? converted, [NotNullWhen(false)] out string? error)
    {
        error = null;
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null || target.IsInstanceOfType(value))
        {
            converted = value;
            return true;
        }

        if (value is string { Length: 0 } && target != typeof(string))
        {
            converted = null;
            return true;
        }

        try
        {
            converted = target == typeof(string) ? ToText(value)
                : value is JsonNode node && !typeof(JsonNode).IsAssignableFrom(target) ? FromJson(node, target)
                : FromValue(value, target);
            return true;
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or JsonException
            or NotSupportedException or ArgumentException)
        {
            converted = null;
            error = $"“{Shorten(ToText(value))}”不能作为{NameOf(target)}。";
            return false;
        }
    }

    /// <summary>The value as invariant text: ISO 8601 for dates, plain digits for numbers, compact JSON for the rest.</summary>
    public static string? ToText(object? value) => value switch
    {
        null => null,
        string s => s,
        bool b => b ? "true" : "false",
        DateTimeOffset d => d.ToString("O", CultureInfo.InvariantCulture),
        DateTime d => d.ToString("O", CultureInfo.InvariantCulture),
        DateOnly d => d.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan t => t.ToString("c", CultureInfo.InvariantCulture),
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        JsonNode n => n.ToJsonString(JsonText.Compact),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable => ToJson(value)!.ToJsonString(JsonText.Compact),
        _ => value.ToString(),
    };

    /// <summary>The value as JSON.</summary>
    public static JsonNode? ToJson(object? value)
    {
        switch (value)
        {
            case null: return null;
            case JsonNode node: return node.DeepClone();
            case string s: return JsonValue.Create(s);
            case bool b: return JsonValue.Create(b);
            case int i: return JsonValue.Create(i);
            case long l: return JsonValue.Create(l);
            case decimal m: return JsonValue.Create(m);
            case double d: return double.IsFinite(d) ? JsonValue.Create(d) : null;
            case DateTimeOffset or DateTime or DateOnly or TimeSpan or Guid or Enum: return JsonValue.Create(ToText(value));
            case IReadOnlyDictionary<string, object?> map:
                var json = new JsonObject();
                foreach (var (key, item) in map)
                    json[key] = ToJson(item);
                return json;
            case IEnumerable<object?> list: return new JsonArray([.. list.Select(ToJson)]);
            default: return JsonSerializer.SerializeToNode(value, value.GetType(), JsonText.Compact);
        }
    }

    /// <summary>Turns a JSON scalar into the plain value it stands for; objects and arrays stay JSON.</summary>
    public static object? FromJsonScalar(JsonNode? node)
    {
        if (node is not JsonValue value)
            return node;
        return value.GetValueKind() switch
        {
            JsonValueKind.String => value.TryGetValue<string>(out var s) ? s : value.ToString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => ToNumber(value.ToJsonString()),
            _ => null,
        };
    }

    internal static object ToNumber(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? i
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l) ? l
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var m) ? m
        : double.Parse(text, CultureInfo.InvariantCulture);

    private static object? FromJson(JsonNode node, Type target) => node is JsonValue && FromJsonScalar(node) is { } scalar
        ? Convert(scalar, target)
        : node.Deserialize(target, JsonText.Compact);

    private static object? FromValue(object value, Type target)
    {
        if (target.IsEnum)
            return value is string name ? Enum.Parse(target, name, ignoreCase: true) : Enum.ToObject(target, value);
        if (typeof(JsonNode).IsAssignableFrom(target))
            return ToJsonTyped(value, target);
        if (value is string text)
            return FromText(text, target);
        if (target == typeof(DateTimeOffset) && value is DateTime instant)
            return BeijingTime.Instant(instant);
        if (target == typeof(DateOnly) && value is DateTimeOffset moment)
            return DateOnly.FromDateTime(moment.ToOffset(BeijingTime.Offset).DateTime);
        if (target == typeof(TimeSpan))
            return TimeSpan.FromSeconds(System.Convert.ToDouble(value, CultureInfo.InvariantCulture));
        if (value is double d && Type.GetTypeCode(target) is >= TypeCode.SByte and <= TypeCode.UInt64 && d != Math.Floor(d))
            throw new FormatException();
        if (value is IConvertible && typeof(IConvertible).IsAssignableFrom(target))
            return System.Convert.ChangeType(value, target, CultureInfo.InvariantCulture);
        return ToJson(value).Deserialize(target, JsonText.Compact);
    }

    private static object? FromText(string text, Type target)
    {
        var trimmed = text.Trim();
        if (target == typeof(bool))
            return trimmed is "1" || (trimmed is not "0" && bool.Parse(trimmed));
        if (target == typeof(decimal))
            return decimal.Parse(trimmed, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        if (target == typeof(TimeSpan))
            return TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out var span)
                ? span
                : System.Xml.XmlConvert.ToTimeSpan(trimmed);
        if (target == typeof(Guid))
            return Guid.Parse(trimmed);
        if (target == typeof(DateTimeOffset))
            return ParseDate(trimmed);
        if (target == typeof(DateTime))
            return ParseDate(trimmed).UtcDateTime;
        if (target == typeof(DateOnly))
            return DateOnly.TryParse(trimmed, CultureInfo.InvariantCulture, out var day)
                ? day
                : DateOnly.FromDateTime(ParseDate(trimmed).ToOffset(BeijingTime.Offset).DateTime);
        if (target.IsPrimitive)
            return System.Convert.ChangeType(trimmed, target, CultureInfo.InvariantCulture);
        return JsonSerializer.Deserialize(trimmed, target, JsonText.Compact);
    }

    private static DateTimeOffset ParseDate(string text)
    {
        // Studio's date picker writes the browser's culture, e.g. “2026/12/1 上午12:00:00”.
        foreach (var culture in DateCultures)
        {
            if (BeijingTime.TryParse(text, culture, out var parsed))
                return parsed;
        }

        throw new FormatException();
    }

    private static JsonNode? ToJsonTyped(object value, Type target)
    {
        var node = value is string text && target != typeof(JsonNode) && target != typeof(JsonValue)
            ? JsonNode.Parse(text)
            : ToJson(value);
        return node is null || target.IsInstanceOfType(node) ? node : throw new FormatException();
    }

    private static string Shorten(string? text) => text is { Length: > 60 } ? text[..60] + "…" : text ?? "";

    private static string NameOf(Type type) =>
        type == typeof(string) ? "文本"
        : type == typeof(bool) ? "是/否"
        : type == typeof(TimeSpan) ? "时长"
        : type == typeof(DateTimeOffset) || type == typeof(DateTime) || type == typeof(DateOnly) ? "日期"
        : type.IsEnum ? $"选项（{string.Join("、", Enum.GetNames(type))}）"
        : type.IsPrimitive || type == typeof(decimal) ? "数字"
        : type.Name;
}
