using Approvals.Core.Calendar;
using Approvals.Workflows;

namespace Approvals.Core.Waiting;

/// <summary>等待工作日 — waits a number of working days of the bureau's calendar.</summary>
[Activity("Approvals", "WaitWorkingDays", Category = Categories.Waiting, DisplayName = "等待工作日", GeneratedName = "等待工作日", CanWait = true,
    Description = "等待若干个工作日后继续，按本局的节假日和调休安排计算；开始的当天不计入。")]
public sealed class WaitWorkingDaysActivity : WaitForTime
{
    /// <summary>How many.</summary>
    [Input(DisplayName = "工作日数", DefaultValue = 1, InitialValue = "1", Order = 1,
        Description = "等待几个工作日，0 至 1000；0 表示当天，当天不是工作日的为下一个工作日。")]
    public Input<int> Days { get; set; } = null!;

    /// <summary>Time of the last day.</summary>
    [Input(DisplayName = "到期时间", UiHint = UiHints.RadioList, DefaultValue = nameof(DayTime.Closing), Order = 2,
        Options = ["Closing=最后一日下班时", "Opening=最后一日上班时"], Description = "上下班时间按系统设置的办公时间。")]
    public Input<DayTime> Time { get; set; } = null!;

    /// <inheritdoc />
    protected override (DateTimeOffset Due, string Why) DueAt(ActivityContext context, WorkingCalendar calendar, DateTimeOffset now)
    {
        var (days, time) = (context.Get(Days), context.Get(Time));
        if (days is < 0 or > 1000)
            context.Fault($"工作日数应在 0 至 1000 之间，现为 {days}。", "bad-input");
        return (WaitRules.AfterWorkingDays(calendar, now, days, time), $"{days} 个工作日，{Words(time)}");
    }
}
