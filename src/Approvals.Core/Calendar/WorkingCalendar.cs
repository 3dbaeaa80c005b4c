namespace Approvals.Core.Calendar;

/// <summary>
/// Working days (工作日): Monday to Friday, except holidays, plus make-up working days (调休上班). Pure; a year without data has
/// weekends only, and <see cref="LacksData"/> says so.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly Dictionary<DateOnly, CalendarDayKind> days;
    private readonly HashSet<int> years;

    /// <summary>A calendar of the days that differ from their weekday.</summary>
    public WorkingCalendar(IEnumerable<CalendarDay> days, WorkingHours? hours = null)
    {
        this.days = days.ToDictionary(day => day.Date, day => day.Kind);
        years = [.. this.days.Keys.Select(date => date.Year)];
        Hours = hours ?? WorkingHours.Default;
    }

    /// <summary>Office hours.</summary>
    public WorkingHours Hours { get; }

    /// <summary>Whether the day is a working day.</summary>
    public bool IsWorkingDay(DateOnly date) => days.TryGetValue(date, out var kind)
        ? kind == CalendarDayKind.MakeUpWorkingDay
        : date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>Whether no holiday of the year is known, so that dates in it are counted with weekends only.</summary>
    public bool LacksData(int year) => !years.Contains(year);

    /// <summary>
    /// The <paramref name="count"/>-th working day after a day, which itself does not count (the day an act is done is not
    /// counted). With 0: the day itself, or the next working day when it is none. Negative counts go back.
    /// </summary>
    public DateOnly AddWorkingDays(DateOnly from, int count)
    {
        var step = count < 0 ? -1 : 1;
        var date = from;
        for (var left = Math.Abs(count); left > 0;)
        {
            date = date.AddDays(step);
            left -= IsWorkingDay(date) ? 1 : 0;
        }

        while (!IsWorkingDay(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="until"/>; negative when it lies before.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly until)
    {
        if (until < from)
        {
            return -WorkingDaysBetween(until, from);
        }

        var count = 0;
        for (var date = from.AddDays(1); date <= until; date = date.AddDays(1))
        {
            count += IsWorkingDay(date) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The instant a term of working days ends: close of business of the last one, in UTC.</summary>
    /// <param name="start">Instant the term begins; its day in China does not count.</param>
    /// <param name="workingDays">Length, at least 0.</param>
    public DateTimeOffset Deadline(DateTimeOffset start, int workingDays) =>
        ChinaTime.Instant(AddWorkingDays(ChinaTime.DateOf(start), workingDays), Hours.End);

    /// <summary>Years between two instants (inclusive) without data, for the warning beside a computed deadline.</summary>
    public IReadOnlyList<int> YearsWithoutData(DateTimeOffset from, DateTimeOffset until)
    {
        var first = ChinaTime.DateOf(from).Year;
        var last = ChinaTime.DateOf(until).Year;
        return [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(LacksData)];
    }

    /// <summary>Working time from one instant to a later one; zero when it is not later.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset until)
    {
        var (first, last) = (ChinaTime.ToLocal(from).DateTime, ChinaTime.ToLocal(until).DateTime);
        var sum = TimeSpan.Zero;
        for (var day = DateOnly.FromDateTime(first); day <= DateOnly.FromDateTime(last) && first < last; day = day.AddDays(1))
        {
            if (IsWorkingDay(day))
            {
                sum += Hours.TimeBetween(
                    day == DateOnly.FromDateTime(first) ? TimeOnly.FromDateTime(first) : TimeOnly.MinValue,
                    day == DateOnly.FromDateTime(last) ? TimeOnly.FromDateTime(last) : TimeOnly.MaxValue);
            }
        }

        return sum;
    }
}
