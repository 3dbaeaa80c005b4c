using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>The functions computed fields may name. Pure C#: nothing here can loop for ever or reach outside.</summary>
public static class FormFunctions
{
    /// <summary>A function: how many fields it takes and what it makes of their values on a day.</summary>
    /// <param name="ArgumentCount">Number of fields.</param>
    /// <param name="Apply">Values and today → value, null when they are empty or wrong.</param>
    public sealed record FormFunction(int ArgumentCount, Func<JsonNode?[], DateOnly, JsonNode?> Apply);

    /// <summary>By name.</summary>
    public static readonly IReadOnlyDictionary<string, FormFunction> All = new Dictionary<string, FormFunction>
    {
        ["birthDateFromId"] = new(1, (values, today) =>
            IdentityNumber.Parse(FieldValues.Text(values[0]), today) is { } id ? FieldValues.Node(id.BirthDate) : null),
        ["genderFromId"] = new(1, (values, today) => IdentityNumber.Parse(FieldValues.Text(values[0]), today)?.Gender),
        ["ageOn"] = new(1, (values, today) =>
            FieldValues.Date(values[0]) is { } birth && birth <= today ? Ages.CompletedYears(birth, today) : null),
        ["commandYears"] = new(1, (values, today) =>
            CommandYears.Completed(FieldValues.Rows(values[0]).Select(CommandYears.PeriodOf), today)),
    };
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
