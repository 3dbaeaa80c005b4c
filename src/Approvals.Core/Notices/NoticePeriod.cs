using Approvals.Core.Calendar;

namespace Approvals.Core.Notices;

/// <summary>
/// How long a notice runs (公示期). The day of publication does not count, as with every term counted in days (民法典 §201):
/// published on day D, it runs for the next N working days and ends with the last of them, at midnight in China. Pure.
/// </summary>
/// <param name="PublishedOn">Day of publication; the notice can be read, and objected to, from here on.</param>
/// <param name="FirstDay">First day that counts.</param>
/// <param name="EndsOn">Last day that counts.</param>
/// <param name="WorkingDays">N.</param>
public sealed record NoticePeriod(DateOnly PublishedOn, DateOnly FirstDay, DateOnly EndsOn, int WorkingDays)
{
    /// <summary>The first instant after the notice.</summary>
    public DateTimeOffset EndsAt => ChinaTime.EndOf(EndsOn);

    /// <summary>The period of a notice.</summary>
    /// <param name="publishedOn">Day of publication in China.</param>
    /// <param name="workingDays">At least 1.</param>
    /// <param name="calendar">Holidays and make-up working days.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one working day.</exception>
    public static NoticePeriod Of(DateOnly publishedOn, int workingDays, WorkingCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingDays, 1);
        return new NoticePeriod(
            publishedOn, calendar.AddWorkingDays(publishedOn, 1), calendar.AddWorkingDays(publishedOn, workingDays), workingDays);
    }

    /// <summary>Working days left after today; 0 on the last day, negative afterwards.</summary>
    public static int DaysLeft(DateOnly endsOn, DateOnly today, WorkingCalendar calendar) =>
        calendar.WorkingDaysBetween(today, endsOn);
}
