using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>
/// Years in command posts (指挥岗位任职年限), T§12.3: the union of the periods, so that posts held at once count once. Each unbroken
/// period counts in calendar months and days; twelve months make a year, and thirty days left over from several periods a month.
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
        var (months, days) = (0, 0);
        foreach (var (from, end) in Merge(spans))
        {
            var whole = MonthsBetween(from, end);
            months += whole;
            // At most 29, so that 30 December is no full year for somebody who began on 1 January.
            days += Math.Min(29, end.DayNumber - from.AddMonths(whole).DayNumber);
        }

        return (months + (days / 30)) / 12;
    }

    /// <summary>Periods that overlap or follow on each other as one; the end is the day after the last.</summary>
    private static List<(DateOnly From, DateOnly End)> Merge(IEnumerable<(DateOnly From, DateOnly Until)> ordered)
    {
        var merged = new List<(DateOnly From, DateOnly End)>();
        foreach (var (from, until) in ordered)
        {
            var end = until.AddDays(1);
            if (merged.Count > 0 && from <= merged[^1].End)
            {
                merged[^1] = (merged[^1].From, end > merged[^1].End ? end : merged[^1].End);
            }
            else
            {
                merged.Add((from, end));
            }
        }

        return merged;
    }

    private static int MonthsBetween(DateOnly from, DateOnly end)
    {
        var months = ((end.Year - from.Year) * 12) + end.Month - from.Month;
        return from.AddMonths(months) > end ? months - 1 : months;
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
