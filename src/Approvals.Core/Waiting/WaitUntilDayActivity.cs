using Approvals.Core.Calendar;
using Approvals.Workflows;

namespace Approvals.Core.Waiting;

/// <summary>等到某日 — waits until a day, moved to a working day when asked; goes on at once when it has passed.</summary>
[Activity("Approvals", "WaitUntilDay", Category = Categories.Waiting, DisplayName = "等到某日", GeneratedName = "等到某日", CanWait = true,
    Description = "等到指定的日期再继续，遇节假日可顺延或提前；日期已过的立即继续。")]
public sealed class WaitUntilDayActivity : WaitForTime
{
    /// <summary>The day.</summary>
    [Input(DisplayName = "日期", Order = 1, Description = "如 2026-12-01；或切换为 JavaScript 取表单中的日期，例如 data.reviewDate。")]
    public Input<DateOnly?> Day { get; set; } = null!;

    /// <summary>What a holiday does.</summary>
    [Input(DisplayName = "遇非工作日", UiHint = UiHints.RadioList, DefaultValue = nameof(DayShift.Later), Order = 2,
        Options = ["Later=顺延到下一个工作日", "Earlier=提前到上一个工作日", "None=不调整"], Description = "按本局的节假日和调休安排。")]
    public Input<DayShift> Shift { get; set; } = null!;

    /// <summary>Time of the day.</summary>
    [Input(DisplayName = "到期时间", UiHint = UiHints.RadioList, DefaultValue = nameof(DayTime.Opening), Order = 3,
        Options = ["Opening=当日上班时", "Closing=当日下班时"], Description = "上下班时间按系统设置的办公时间。")]
    public Input<DayTime> Time { get; set; } = null!;

    /// <inheritdoc />
    protected override (DateTimeOffset Due, string Why) DueAt(ActivityContext context, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (context.Get(Day) is not { } day)
        {
            context.Fault("没有给出要等到的日期。", "bad-input");
            return default;
        }

        var (shift, time) = (context.Get(Shift), context.Get(Time));
        var due = WaitRules.OnDay(calendar, day, shift, time);
        var moved = ChinaTime.DateOf(due) != day ? $"，原定 {day:yyyy-MM-dd} 不是工作日" : "";
        return (due, $"{Words(time)}{moved}");
    }
}
