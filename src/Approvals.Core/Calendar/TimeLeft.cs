namespace Approvals.Core.Calendar;

/// <summary>How long is left until a deadline, in working time and in words.</summary>
/// <param name="IsOverdue">Whether the deadline has passed.</param>
/// <param name="Text">还剩 1 个工作日, 还剩 2 小时, 超时 3 小时 …</param>
/// <param name="TextEn">The same in English.</param>
public sealed record TimeLeft(bool IsOverdue, string Text, string TextEn)
{
    /// <summary>Words for a deadline as seen now. Whole working days are counted from a day's length on, hours below it.</summary>
    public static TimeLeft Of(DateTimeOffset now, DateTimeOffset dueAt, WorkingCalendar calendar)
    {
        var isOverdue = now > dueAt;
        var time = isOverdue ? calendar.WorkingTimeBetween(dueAt, now) : calendar.WorkingTimeBetween(now, dueAt);
        var (amount, zh, en) = Words(time, calendar.Hours.Length);
        return isOverdue
            ? new TimeLeft(true, amount == 0 ? "刚刚超时" : $"超时 {amount} {zh}", amount == 0 ? "just overdue" : $"{amount} {en} overdue")
            : new TimeLeft(false, amount == 0 ? "即将到期" : $"还剩 {amount} {zh}", amount == 0 ? "due now" : $"{amount} {en} left");
    }

    private static (int Amount, string Zh, string En) Words(TimeSpan time, TimeSpan day)
    {
        var (amount, zh, en) = time >= day ? ((int)(time / day), "个工作日", "working day")
            : time >= TimeSpan.FromHours(1) ? ((int)time.TotalHours, "小时", "hour")
            : ((int)time.TotalMinutes, "分钟", "minute");
        return (amount, zh, amount == 1 ? en : en + "s");
    }
}
