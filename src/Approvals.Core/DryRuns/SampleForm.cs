using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Core.Forms;

namespace Approvals.Core.DryRuns;

/// <summary>
/// Fills a form with plausible values made from its own definition (样例数据). Pure: the same form, day and applicant always give the
/// same values. Some patterns of a form's own can only be guessed; where no guess fits, the form's error names the field to answer.
/// </summary>
/// <param name="applicantName">Name for fields that ask for one.</param>
/// <param name="unitId">Unit of the applicant, for unit fields.</param>
public sealed class SampleForm(string applicantName, Guid? unitId)
{
    /// <summary>Age of the sample applicant in years, unless the form asks for more.</summary>
    private const int Age = 40;

    /// <summary>Years the sample applicant has been in any post.</summary>
    private const int Experience = 12;

    /// <summary>What the numbers and codes of forms usually look like.</summary>
    private static readonly string[] Guesses =
        ["SAMPLE-2026-0001", "SAMPLE20260001", "2026-0001", "20260001", "A0001", "0001", "1", "样例", "91500000MA5U00000W", "6222020000000000000"];

    /// <summary>Values for what the step may edit and is not given yet.</summary>
    /// <param name="loaded">Form with its choices.</param>
    /// <param name="given">Data so far; not changed.</param>
    /// <param name="onlyRequired">True to fill only what the step demands; false to fill everything that can be filled.</param>
    public JsonObject Fill(LoadedForm loaded, JsonObject given, bool onlyRequired)
    {
        var (form, context) = (loaded.Form, loaded.Context);
        var data = given.DeepClone().AsObject();
        var samples = new JsonObject();
        foreach (var field in FormRights.For(form, context.RightsKey).Editable.Where(field => !field.IsFile))
        {
            var required = field.Required || field.RequiredAt.Contains(context.RightsKey) || field.MustBeTrue;
            if (field.Type == FieldType.Rows && Completed(field, data[field.Key], context) is { } completed)
            {
                samples[field.Key] = completed;
                data[field.Key] = completed.DeepClone();
            }

            if (IsGiven(field, data[field.Key]) || (onlyRequired && !required) || !FormContext.IsShown(field, data))
                continue;
            if (Value(field, field.Key, data, context, required) is not { } value)
                continue;
            samples[field.Key] = value;
            data[field.Key] = value.DeepClone();
        }

        return samples;
    }

    /// <summary>How many sample files a file field of the step should get; 0 for none.</summary>
    public static int Files(FormField field, FormContext context, bool onlyRequired)
    {
        var required = field.Required || field.RequiredAt.Contains(context.RightsKey);
        var least = (int)(field.Min ?? 0);
        var wanted = required ? Math.Max(1, least) : field.Advised && !onlyRequired ? 1 : least;
        return Math.Max(0, wanted - context.FilesOf(field.Key));
    }

    private static bool IsGiven(FormField field, JsonNode? value) => field.Type switch
    {
        FieldType.Rows => value is JsonArray { Count: > 0 },
        FieldType.Boolean => value is not null,
        _ => FieldValues.Text(value) is not null,
    };

    private JsonNode? Value(FormField field, string path, JsonObject siblings, FormContext context, bool required) => field.Type switch
    {
        FieldType.Text => Text(field, context),
        FieldType.LongText => Fitted(field, $"试运行样例：{field.Label}。", 4000),
        FieldType.Number => JsonValue.Create(Amount(field, context, 1)),
        FieldType.Money => FieldValues.Money(Amount(field, context, 10_000)),
        FieldType.Date => Date(field, siblings, context.Today, required),
        FieldType.Boolean => JsonValue.Create(true),
        FieldType.Rows => Rows(field, context),
        FieldType.Unit => Pick(context.ChoicesOf(path), unitId?.ToString()),
        FieldType.Choice or FieldType.Person => Pick(context.ChoicesOf(path), null),
        _ => null,
    };

    private JsonNode Text(FormField field, FormContext context)
    {
        if (field.Sample is { } sample)
            return JsonValue.Create(sample);
        switch (field.Format)
        {
            case TextFormat.IdentityNumber:
                var least = field.MinAgeParameter is { } key ? (int)context.Parameters.GetValueOrDefault(key) : 0;
                return JsonValue.Create(IdentityNumberOf(context.Today.AddYears(-Math.Max(Age, least + 1)), context.Today));
            case TextFormat.Phone:
                return JsonValue.Create("13800000000");
            case TextFormat.Email:
                return JsonValue.Create("sample@example.cn");
            default:
                if (field.Pattern is { } pattern && Array.Find(Guesses, guess => Fits(field, pattern, guess)) is { } fitting)
                    return JsonValue.Create(fitting);
                return field.Sensitive == Sensitivity.Name || field.Label.Replace("　", "", StringComparison.Ordinal) == "姓名"
                    ? JsonValue.Create(applicantName)
                    : Fitted(field, $"样例{field.Label}", 200);
        }
    }

    private static bool Fits(FormField field, string pattern, string text) =>
        text.Length >= (field.MinLength ?? 0) && text.Length <= (field.MaxLength ?? int.MaxValue)
        && Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static JsonNode Fitted(FormField field, string text, int most)
    {
        while (text.Length < field.MinLength)
            text += "，试运行样例";
        most = field.MaxLength ?? most;
        return JsonValue.Create(text.Length > most ? text[..most] : text);
    }

    private static decimal Amount(FormField field, FormContext context, decimal usual)
    {
        var least = field.MinParameter is { } key && context.Parameters.TryGetValue(key, out var parameter) ? parameter : field.Min;
        return Math.Min(field.Max ?? decimal.MaxValue, Math.Max(usual, least ?? 0));
    }

    /// <summary>An end that may be left open is left open: 至今 is what most people have.</summary>
    private static JsonNode? Date(FormField field, JsonObject siblings, DateOnly today, bool required)
    {
        if (field.NotBefore is { } earlier)
        {
            if (!required)
                return null;
            var first = FieldValues.Date(siblings[earlier]) ?? today;
            var later = first.AddYears(1);
            return FieldValues.Node(field.NotInFuture && later > today ? today : later);
        }

        return FieldValues.Node(field.NotInFuture ? today.AddYears(-Experience) : today);
    }

    private JsonArray Rows(FormField rows, FormContext context)
    {
        var samples = new JsonArray();
        for (var index = 0; index < Math.Max(1, (int)(rows.Min ?? 1)); index++)
        {
            var row = new JsonObject();
            foreach (var column in rows.Columns)
            {
                var value = Value(column, $"{rows.Key}.{column.Key}", row, context, column.Required);
                if (value is not null)
                    row[column.Key] = value;
            }

            samples.Add(row);
        }

        return samples;
    }

    /// <summary>Rows that a step was given with the columns filled in that it must still fill; null when it need not.</summary>
    private JsonArray? Completed(FormField rows, JsonNode? given, FormContext context)
    {
        var filled = given?.DeepClone() as JsonArray ?? [];
        var isChanged = false;
        foreach (var row in filled.OfType<JsonObject>())
        {
            foreach (var column in rows.Columns.Where(one => one.Required && FieldValues.Text(row[one.Key]) is null))
            {
                row[column.Key] = Value(column, $"{rows.Key}.{column.Key}", row, context, required: true);
                isChanged = true;
            }
        }

        return isChanged ? filled : null;
    }

    private static JsonNode? Pick(IReadOnlyList<Choice> choices, string? preferred)
    {
        var choice = choices.FirstOrDefault(one => one.Value == preferred) ?? (choices.Count > 0 ? choices[0] : null);
        return choice is null ? null : JsonValue.Create(choice.Value);
    }

    /// <summary>A number with a right check character; the region is one that GB/T 2260 never gave out.</summary>
    private static string IdentityNumberOf(DateOnly birth, DateOnly today)
    {
        var stem = "500000" + birth.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "001";
        return "0123456789X".Select(last => stem + last).First(number => IdentityNumber.ProblemOf(number, today) is null);
    }
}
