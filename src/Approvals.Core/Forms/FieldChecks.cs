using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Approvals.Core.Forms;

/// <summary>Where a value stands.</summary>
/// <param name="Path">Path for the error.</param>
/// <param name="Label">Caption for the error.</param>
/// <param name="ChoicesPath">Path of its choices.</param>
/// <param name="Siblings">The object it lies in: the data, or its row.</param>
internal sealed record FieldPlace(string Path, string Label, string ChoicesPath, JsonObject Siblings);

/// <summary>Checks one simple value. The first thing wrong is said; the next after it is mended.</summary>
internal static partial class FieldChecks
{
    public static FieldError? ErrorOf(FormField field, JsonNode? value, bool isRequired, FieldPlace place, FormContext context)
    {
        if (field.Type == FieldType.Boolean)
        {
            return field.MustBeTrue && !FieldValues.Boolean(value)
                ? new FieldError(place.Path, place.Label, $"请阅读并勾选“{field.Label}”", IsMissing: true)
                : null;
        }

        if (value is JsonObject or JsonArray)
        {
            return new FieldError(place.Path, place.Label, $"“{field.Label}”格式不正确，请重新填写");
        }

        if (FieldValues.Text(value) is not { } text)
        {
            var verb = field.IsPicked ? "选择" : "填写";
            return isRequired ? new FieldError(place.Path, place.Label, $"请{verb}“{field.Label}”", IsMissing: true) : null;
        }

        var message = field.Type switch
        {
            FieldType.Date => DateProblem(field, value, place.Siblings, context.Today),
            FieldType.Number or FieldType.Money => AmountProblem(field, value, context),
            FieldType.Choice or FieldType.Person or FieldType.Unit =>
                context.ChoicesOf(place.ChoicesPath).Any(choice => choice.Value == text)
                    ? null : $"“{field.Label}”的选项不存在或已停用，请重新选择",
            _ => value!.GetValueKind() == JsonValueKind.String
                ? TextProblem(field, text, context) : $"“{field.Label}”应为文字，请重新填写",
        };
        return message is null ? null : new FieldError(place.Path, place.Label, message);
    }

    private static string? DateProblem(FormField field, JsonNode? value, JsonObject siblings, DateOnly today)
    {
        if (FieldValues.Date(value) is not { } date)
        {
            return $"“{field.Label}”不是有效日期，请按“2026-03-01”的样式填写";
        }

        if (date.Year is < 1900 or > 2200)
        {
            return $"“{field.Label}”的年份不合理，请核对";
        }

        if (field.NotInFuture && date > today)
        {
            return $"“{field.Label}”不能晚于今天（{today:yyyy-MM-dd}）";
        }

        return field.NotBefore is not null && FieldValues.Date(siblings[field.NotBefore]) is { } first && date < first
            ? $"“{field.Label}”不能早于 {first:yyyy-MM-dd}，请核对起止日期"
            : null;
    }

    private static string? AmountProblem(FormField field, JsonNode? value, FormContext context)
    {
        if (FieldValues.Decimal(value) is not { } amount || (field.Type == FieldType.Money && decimal.Round(amount, 2) != amount))
        {
            return field.Type == FieldType.Money
                ? $"“{field.Label}”不是有效金额，请填写数字，最多两位小数"
                : $"“{field.Label}”不是有效数字，请只填写数字";
        }

        var least = field.MinParameter is not null && context.Parameters.TryGetValue(field.MinParameter, out var parameter)
            ? parameter : field.Min;
        return amount < least ? $"“{field.Label}”不能少于 {Amount(field, least.Value)}"
            : amount > field.Max ? $"“{field.Label}”不能超过 {Amount(field, field.Max.Value)}"
            : null;
    }

    private static string Amount(FormField field, decimal value) =>
        field.Type == FieldType.Money ? $"{value:#,0.00} 元" : $"{value:0.##}{field.Suffix}";

    private static string? TextProblem(FormField field, string text, FormContext context)
    {
        var most = field.MaxLength ?? (field.Type == FieldType.LongText ? 4000 : 200);
        if (text.Length > most)
        {
            return $"“{field.Label}”最多 {most} 个字，现有 {text.Length} 个字，请精简";
        }

        if (text.Length < field.MinLength)
        {
            return $"“{field.Label}”至少 {field.MinLength} 个字，现有 {text.Length} 个字";
        }

        return field.Format switch
        {
            TextFormat.IdentityNumber => IdentityProblem(field, text, context),
            TextFormat.Phone when !Phone().IsMatch(text) => "电话号码不正确：手机号为 11 位数字，座机请带区号，如 023-12345678",
            TextFormat.Email when !Email().IsMatch(text) => "电子邮箱不正确，应形如 name@example.cn",
            _ => field.Pattern is not null && !Matches(field.Pattern, text) ? field.PatternMessage : null,
        };
    }

    private static string? IdentityProblem(FormField field, string text, FormContext context)
    {
        if (IdentityNumber.ProblemOf(text, context.Today) is { } problem)
        {
            return problem;
        }

        var age = Ages.CompletedYears(IdentityNumber.Parse(text, context.Today)!.BirthDate, context.Today);
        return field.MinAgeParameter is not null
            && context.Parameters.TryGetValue(field.MinAgeParameter, out var least) && age < least
                ? $"按身份证号码计算为 {age} 周岁，未满 {least:0} 周岁，不能申请；如号码有误请更正"
                : null;
    }

    /// <summary>Non-backtracking: a pattern in a form file cannot hang the server.</summary>
    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?)$")]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s,;<>""]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$",
        RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
