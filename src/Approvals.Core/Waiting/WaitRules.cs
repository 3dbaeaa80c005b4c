using Approvals.Core.Calendar;

namespace Approvals.Core.Waiting;

/// <summary>The time of a working day at which a wait ends.</summary>
public enum DayTime
{
    /// <summary>下班时 — when work ends: the day counts as a whole.</summary>
    Closing,

    /// <summary>上班时 — when work begins.</summary>
    Opening,
}

/// <summary>What happens to a day that is no working day.</summary>
public enum DayShift
{
    /// <summary>顺延到下一个工作日.</summary>
    Later,

    /// <summary>提前到上一个工作日.</summary>
    Earlier,

    /// <summary>不调整.</summary>
    None,
}

/// <summary>When waits end (等待规则). Pure; the calendar as of the moment the wait begins decides.</summary>
public static class WaitRules
{
    /// <summary>The end of a wait of working days; the day it begins does not count.</summary>
    /// <param name="calendar">Working days and hours.</param>
    /// <param name="start">Instant the wait begins.</param>
    /// <param name="days">At least 0; with 0 the same day, or the next working day when it is none.</param>
    /// <param name="time">Time of the last day.</param>
    public static DateTimeOffset AfterWorkingDays(WorkingCalendar calendar, DateTimeOffset start, int days, DayTime time) =>
        At(calendar, calendar.AddWorkingDays(ChinaTime.DateOf(start), days), time);

    /// <summary>The instant of a day, moved to a working day as asked.</summary>
    public static DateTimeOffset OnDay(WorkingCalendar calendar, DateOnly day, DayShift shift, DayTime time)
    {
        var step = shift switch { DayShift.Later => 1, DayShift.Earlier => -1, _ => 0 };
        while (step != 0 && !calendar.IsWorkingDay(day))
        {
            day = day.AddDays(step);
        }

        return At(calendar, day, time);
    }

    private static DateTimeOffset At(WorkingCalendar calendar, DateOnly day, DayTime time) =>
        ChinaTime.Instant(day, time == DayTime.Opening ? calendar.Hours.Start : calendar.Hours.End);
}
