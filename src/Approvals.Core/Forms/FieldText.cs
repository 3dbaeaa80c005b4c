using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Approvals.Core.Forms;

/// <summary>
/// Turns what people type into values: trims, reads full-width digits and letters as ASCII where only those make sense, and
/// knows the ways dates and amounts are written. What cannot be read stays as the text that was typed, so that it can be
/// shown again beside its error.
/// </summary>
public static partial class FieldText
{
    private static readonly string[] DateShapes =
        ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    /// <summary>The value of a simple field for the data; null when nothing was typed.</summary>
    public static JsonNode? Read(FormField field, string? typed)
    {
        var text = (typed ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim().Trim('\u3000', '\u00a0').Trim();
        if (field.Type == FieldType.Boolean)
        {
            return JsonValue.Create(text is "true" or "on");
        }

        return text.Length == 0 ? null : field.Type switch
        {
            FieldType.Date => ReadDate(text),
            FieldType.Number => ReadNumber(text) is { } number ? JsonValue.Create(number) : text,
            FieldType.Money => ReadNumber(text) is { } amount && decimal.Round(amount, 2) == amount
                ? FieldValues.Money(amount) : text,
            FieldType.Text => Normalise(field.Format, text),
            _ => text,
        };
    }

    private static string Normalise(TextFormat format, string text) => format switch
    {
        TextFormat.IdentityNumber => Blanks().Replace(HalfWidth(text), "").ToUpperInvariant(),
        TextFormat.Phone => CountryCode().Replace(Blanks().Replace(HalfWidth(text), ""), "") is var phone && phone.StartsWith('1')
            ? phone.Replace("-", "", StringComparison.Ordinal) : phone,
        TextFormat.Email => HalfWidth(text),
        _ => text.Replace('\n', ' '),
    };

    private static JsonNode ReadDate(string text) =>
        DateOnly.TryParseExact(HalfWidth(text), DateShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? FieldValues.Node(date) : text;

    private static decimal? ReadNumber(string text) =>
        decimal.TryParse(HalfWidth(text).TrimStart('¥'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Full-width forms (U+FF01–FF5E, ideographic space, ￥) as ASCII.</summary>
    private static string HalfWidth(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            ascii.Append(character switch
            {
                >= '\uff01' and <= '\uff5e' => (char)(character - 0xfee0),
                '\u3000' => ' ',
                '￥' => '¥',
                _ => character,
            });
        }

        return ascii.ToString();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(\+|00)86-?")]
    private static partial Regex CountryCode();
}
