using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Documents.Text;

namespace Approvals.Core.Forms;

/// <summary>The functions computed fields may name. Pure C#: nothing here can loop for ever or reach outside.</summary>
public static class FormFunctions
{
    /// <summary>A function: how many fields it takes and what it makes of their values on a day.</summary>
    /// <param name="ArgumentCount">Number of fields.</param>
    /// <param name="Apply">Values and today → value, null when they are empty or wrong.</param>
    /// <param name="ChangesByDay">Whether the same values make another value on another day, as an age.</param>
    public sealed record FormFunction(int ArgumentCount, Func<JsonNode?[], DateOnly, JsonNode?> Apply, bool ChangesByDay = false);

    /// <summary>A sum per unit times a count, rounded to the fen; the only function that makes money.</summary>
    public const string Product = "product";

    /// <summary>By name.</summary>
    public static readonly IReadOnlyDictionary<string, FormFunction> All = new Dictionary<string, FormFunction>
    {
        ["birthDateFromId"] = new(1, (values, today) =>
            IdentityNumber.Parse(FieldValues.Text(values[0]), today) is { } id ? FieldValues.Node(id.BirthDate) : null),
        ["genderFromId"] = new(1, (values, today) => IdentityNumber.Parse(FieldValues.Text(values[0]), today)?.Gender),
        ["ageOn"] = new(1, (values, today) =>
            FieldValues.Date(values[0]) is { } birth && birth <= today ? Ages.CompletedYears(birth, today) : null, true),
        ["commandYears"] = new(1, (values, today) =>
            CommandYears.Completed(FieldValues.Rows(values[0]).Select(CommandYears.PeriodOf), today), true),
        ["sumOfAmounts"] = new(1, (values, _) => AmountsOf(values[0]).ToString("#,0.00", CultureInfo.InvariantCulture)),
        ["amountLeft"] = new(2, (values, _) =>
            (AmountsOf(values[0]) - AmountsOf(values[1])).ToString("#,0.00", CultureInfo.InvariantCulture)),
        ["amountLeftInCapitals"] = new(2, (values, _) =>
            AmountsOf(values[0]) - AmountsOf(values[1]) is >= 0 and < RmbCapital.Limit and var left && decimal.Round(left, 2) == left
                ? RmbCapital.Format(left) : null),
        ["auditedLines"] = new(2, (values, _) => AuditedLines(values[0], values[1])),
        [Product] = new(2, (values, _) => ProductOf(values[0], values[1]) is { } sum ? FieldValues.Money(sum) : null),
        ["productInCapitals"] = new(2, (values, _) =>
            ProductOf(values[0], values[1]) is { } sum && sum >= 0 && sum < RmbCapital.Limit ? RmbCapital.Format(sum) : null),
    };

    /// <summary>Sum of the column <c>amount</c> in yuan; rows without one count as nothing.</summary>
    private static decimal AmountsOf(JsonNode? rows) => FieldValues.Rows(rows).Sum(row => FieldValues.Decimal(row["amount"]) ?? 0);

    /// <summary>Lines with what was cut from them and why, one sentence each; cuts name their line in the column <c>line</c>.</summary>
    private static JsonNode? AuditedLines(JsonNode? lines, JsonNode? cuts)
    {
        var all = FieldValues.Rows(cuts).ToList();
        var sentences = FieldValues.Rows(lines).Select((row, index) =>
        {
            var claimed = FieldValues.Decimal(row["amount"]) ?? 0;
            var mine = all.Where(cut => FieldValues.Decimal(cut["line"]) == index + 1).ToList();
            var cut = mine.Sum(one => FieldValues.Decimal(one["amount"]) ?? 0);
            var head = string.Create(CultureInfo.InvariantCulture, $"第 {index + 1} 行申请 {claimed:#,0.00} 元，核减 {cut:#,0.00} 元，核定 {claimed - cut:#,0.00} 元");
            return cut == 0 ? head : $"{head}（{string.Join("；", mine.Select(one => FieldValues.Text(one["reason"])))}）";
        });
        var text = string.Join("；", sentences);
        return text.Length == 0 ? null : text + "。";
    }

    private static decimal? ProductOf(JsonNode? sum, JsonNode? count) =>
        FieldValues.Decimal(sum) * FieldValues.Decimal(count) is { } product
            ? decimal.Round(product, 2, MidpointRounding.AwayFromZero) : null;
}

/// <summary>Ages by the reading rule of the specification: completed years on the day (周岁).</summary>
public static class Ages
{
    /// <summary>Completed years from a day to another; from 29 February a year is completed on 1 March of a common year.</summary>
    public static int CompletedYears(DateOnly from, DateOnly on)
    {
        var years = on.Year - from.Year;
        return (on.Month, on.Day).CompareTo((from.Month, from.Day)) < 0 ? years - 1 : years;
    }
}
