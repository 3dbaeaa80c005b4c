using System.Globalization;

namespace Approvals.Core.Calendar;

/// <summary>
/// The calendar as CSV: a line <c>2026-10-01,休,国庆节</c> a day, 休 for a holiday, 班 for a make-up working day. Empty lines, lines
/// that begin with # and a heading that begins with 日期 are passed over.
/// </summary>
public static class CalendarCsv
{
    /// <summary>Days read, or what is wrong line by line in Chinese; with any error nothing may be taken.</summary>
    /// <param name="Days">Days in the order of the text.</param>
    /// <param name="Errors">What to mend.</param>
    public sealed record Result(IReadOnlyList<CalendarDay> Days, IReadOnlyList<string> Errors);

    /// <summary>Reads a text.</summary>
    public static Result Parse(string text)
    {
        var days = new Dictionary<DateOnly, CalendarDay>();
        var errors = new List<string>();
        var number = 0;
        foreach (var line in text.Split('\n').Select(line => line.Trim().TrimStart('\ufeff')))
        {
            number++;
            if (line.Length == 0 || line.StartsWith('#') || line.StartsWith("日期", StringComparison.Ordinal))
            {
                continue;
            }

            if (DayOf(line) is not { } day)
            {
                errors.Add($"第 {number} 行“{line}”应写作“2026-10-01,休,国庆节”，类别为“休”或“班”，名称不超过 64 个字");
            }
            else if (!days.TryAdd(day.Date, day))
            {
                errors.Add($"第 {number} 行：{day.Date:yyyy-MM-dd} 重复");
            }
        }

        return new Result([.. days.Values], errors);
    }

    private static CalendarDay? DayOf(string line)
    {
        if (line.Replace('，', ',').Split(',', StringSplitOptions.TrimEntries) is not [var date, var kind, var name]
            || !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || kind is not ("休" or "班") || name.Length is 0 or > 64)
        {
            return null;
        }

        return new CalendarDay
        {
            Date = day,
            Kind = kind == "休" ? CalendarDayKind.Holiday : CalendarDayKind.MakeUpWorkingDay,
            Name = name,
        };
    }
}
