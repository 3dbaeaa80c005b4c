using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Calendar;

/// <summary>Changes the calendar (节假日安排). Deadlines already given stand; those computed from now on follow the change.</summary>
public sealed class EditCalendar(UnitOfWork unitOfWork, WorkingCalendarStore store, AuditTrail audit)
{
    /// <summary>Enters or changes a day.</summary>
    /// <returns>What to mend, in Chinese; null when it was done.</returns>
    public async Task<string?> SetAsync(DateOnly date, CalendarDayKind kind, string? name, CancellationToken cancellationToken)
    {
        if (ProblemOf(date, kind, name) is { } problem)
        {
            return problem;
        }

        await TakeAsync([new CalendarDay { Date = date, Kind = kind, Name = name!.Trim() }], "calendar.day-set", cancellationToken);
        return null;
    }

    /// <summary>Takes a day out; it follows its weekday again. A day that is not there stays so.</summary>
    public Task RemoveAsync(DateOnly date, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            if (await scope.Db.CalendarDays.FindAsync([date], cancellationToken) is { } day)
            {
                scope.Db.CalendarDays.Remove(day);
                audit.Record("calendar.day-removed", "calendar", Id(date), new { kind = day.Kind.ToString() });
                store.Reset();
            }
        },
        cancellationToken);

    /// <summary>Takes a CSV text in: days it names are entered or changed, others stay. All or nothing.</summary>
    /// <returns>How many days, or what to mend line by line.</returns>
    public async Task<(int Count, IReadOnlyList<string> Errors)> ImportAsync(string? text, CancellationToken cancellationToken)
    {
        var result = CalendarCsv.Parse(text ?? "");
        var errors = result.Errors
            .Concat(result.Days.Select(day => ProblemOf(day.Date, day.Kind, day.Name)).OfType<string>()).ToList();
        if (errors.Count == 0 && result.Days.Count == 0)
        {
            errors.Add("没有可导入的日期");
        }

        if (errors.Count > 0)
        {
            return (0, errors);
        }

        await TakeAsync(result.Days, "calendar.imported", cancellationToken);
        return (result.Days.Count, []);
    }

    private static string? ProblemOf(DateOnly date, CalendarDayKind kind, string? name) =>
        name?.Trim().Length is not (>= 1 and <= 64) ? "请填写名称（不超过 64 个字），如“国庆节”"
        : date.Year is < 2000 or > 2100 ? $"{date:yyyy-MM-dd} 的年份不合理，请核对"
        : kind == CalendarDayKind.MakeUpWorkingDay && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            ? $"{date:yyyy-MM-dd} 不是周末，本来就是工作日，不需要设为调休上班"
        : null;

    private Task TakeAsync(IReadOnlyList<CalendarDay> days, string action, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var dates = days.Select(day => day.Date).ToList();
                var known = await scope.Db.CalendarDays.Where(day => dates.Contains(day.Date))
                    .ToDictionaryAsync(day => day.Date, cancellationToken);
                foreach (var day in days)
                {
                    if (known.TryGetValue(day.Date, out var former))
                    {
                        (former.Kind, former.Name) = (day.Kind, day.Name);
                    }
                    else
                    {
                        scope.Db.CalendarDays.Add(day);
                    }
                }

                audit.Record(action, "calendar", Id(dates.Min()), new
                {
                    days = days.Select(day => new { date = Id(day.Date), kind = day.Kind.ToString(), day.Name }).ToList(),
                });
                store.Reset();
            },
            cancellationToken);

    private static string Id(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
