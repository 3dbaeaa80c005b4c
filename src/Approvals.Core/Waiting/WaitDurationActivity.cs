using Approvals.Core.Calendar;
using Approvals.Workflows;

namespace Approvals.Core.Waiting;

/// <summary>Unit of a wait by the clock.</summary>
public enum TimeUnit
{
    /// <summary>分钟.</summary>
    Minutes,

    /// <summary>小时.</summary>
    Hours,

    /// <summary>自然日.</summary>
    Days,
}

/// <summary>等待一段时间 — waits by the clock, day and night, holidays or not.</summary>
[Activity("Approvals", "WaitDuration", Category = Categories.Waiting, DisplayName = "等待一段时间", GeneratedName = "等待一段时间", CanWait = true,
    Description = "等待若干分钟、小时或自然日后继续，不分工作日和节假日。")]
public sealed class WaitDurationActivity : WaitForTime
{
    /// <summary>How many.</summary>
    [Input(DisplayName = "时长", DefaultValue = 1, InitialValue = "1", Order = 1, Description = "数量，1 至 10000。")]
    public Input<int> Amount { get; set; } = null!;

    /// <summary>Of what.</summary>
    [Input(DisplayName = "单位", UiHint = UiHints.RadioList, DefaultValue = nameof(TimeUnit.Days), InitialValue = nameof(TimeUnit.Days), Order = 2,
        Options = ["Minutes=分钟", "Hours=小时", "Days=自然日"], Description = "一个自然日为二十四小时。")]
    public Input<TimeUnit> Unit { get; set; } = null!;

    /// <inheritdoc />
    protected override (DateTimeOffset Due, string Why) DueAt(ActivityContext context, WorkingCalendar calendar, DateTimeOffset now)
    {
        var amount = context.Get(Amount);
        if (amount is < 1 or > 10_000)
            context.Fault($"时长应在 1 至 10000 之间，现为 {amount}。", "bad-input");
        return context.Get(Unit) switch
        {
            TimeUnit.Minutes => (now.AddMinutes(amount), $"{amount} 分钟"),
            TimeUnit.Hours => (now.AddHours(amount), $"{amount} 小时"),
            _ => (now.AddDays(amount), $"{amount} 个自然日"),
        };
    }
}
