using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>
/// Years in command posts (指挥岗位任职年限), T§12.3: the union of the periods, so that posts held at once count once, in
/// completed years.
/// </summary>
public static class CommandYears
{
    /// <summary>A period in a post, both days inclusive; open when it lasts.</summary>
    public readonly record struct Period(DateOnly? From, DateOnly? Until, bool IsCommandPost);

    /// <summary>A row of the form's history: from, until (empty while it lasts), isCommandPost.</summary>
    public static Period PeriodOf(JsonObject row) => new(
        FieldValues.Date(row["from"]), FieldValues.Date(row["until"]), FieldValues.Boolean(row["isCommandPost"]));

    /// <summary>Completed years up to and including <paramref name="today"/>; days in the future do not count.</summary>
    public static int Completed(IEnumerable<Period> periods, DateOnly today)
    {
        var spans = periods
            .Where(period => period is { IsCommandPost: true, From: not null })
            .Select(period => (From: period.From!.Value, Until: Earlier(period.Until ?? today, today)))
            .Where(span => span.From <= span.Until)
            .OrderBy(span => span.From)
            .ToList();
        if (spans.Count == 0)
        {
            return 0;
        }

        var days = 0;
        var counted = DateOnly.MinValue;
        foreach (var (from, until) in spans)
        {
            var start = from > counted ? from : counted.AddDays(1);
            days += until >= start ? until.DayNumber - start.DayNumber + 1 : 0;
            counted = until > counted ? until : counted;
        }

        // Laid end to end from the first day, so that one unbroken period counts exact calendar years whatever the leap days.
        return Ages.CompletedYears(spans[0].From, spans[0].From.AddDays(days));
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
