using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Approvals.Core.Forms;

/// <summary>How form files, dictionaries and case data are read and written.</summary>
public static class FormJson
{
    /// <summary>Strict reading of files beside workflows.</summary>
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters =
        {
            new NamedEnumConverter<FieldType>("字段类型"),
            new NamedEnumConverter<TextFormat>("格式"),
            new NamedEnumConverter<Sensitivity>("脱敏方式"),
            new NamedEnumConverter<FieldRight>("字段权限"),
        },
    };

    /// <summary>Writing of case data: Chinese stays readable in the database.</summary>
    public static readonly JsonSerializerOptions Data = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>
    /// Where a file holds a null among the entries of a list or of the rights; null when it does nowhere. The reader itself refuses only
    /// nulls of properties.
    /// </summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    internal static string? NullIn(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return NullIn(document.RootElement, "$", isMap: false);
    }

    private static string? NullIn(JsonElement element, string path, bool isMap) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select((one, index) => one.ValueKind == JsonValueKind.Null
            ? $"{path}[{index}]" : NullIn(one, $"{path}[{index}]", isMap)).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => element.EnumerateObject().Select(one => isMap && one.Value.ValueKind == JsonValueKind.Null
            ? $"{path}.{one.Name}" : NullIn(one.Value, $"{path}.{one.Name}", isMap || one.Name == "rights")).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>Reads an enum by its camelCase name and names the choices when it is unknown.</summary>
    private sealed class NamedEnumConverter<T>(string what) : JsonConverter<T>
        where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
            foreach (var value in Enum.GetValues<T>())
            {
                if (NameOf(value) == text)
                {
                    return value;
                }
            }

            var known = string.Join("、", Enum.GetValues<T>().Select(NameOf));
            throw new JsonException(null, new FormatException($"未知的{what}“{text}”，可用：{known}"));
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(NameOf(value));

        private static string NameOf(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    }
}
