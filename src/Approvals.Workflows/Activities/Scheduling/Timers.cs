using Cronos;

namespace Approvals.Workflows;

/// <summary>Base of activities that wait until a moment. The host rings; whoever rings is believed.</summary>
internal abstract class TimedActivity : Activity
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.IsTrigger)
            return context.CompleteAsync();
        var (due, cron) = DueAt(context);
        if (due > context.Clock.GetUtcNow())
            context.CreateBookmark(BookmarkKinds.Timer, dueAt: due, cron: cron);
        return default;
    }

    public override ValueTask ResumeAsync(ActivityContext context, object? input) => context.CompleteAsync();

    protected abstract (DateTimeOffset Due, string? Cron) DueAt(ActivityContext context);
}

/// <summary>Waits for a while.</summary>
[Activity("Elsa", "Delay", Category = Categories.Hidden, DisplayName = "延时", GeneratedName = "延时", IsBrowsable = false,
    CanWait = true, Description = "等待一段时间。新流程请用“等待一段时间”或“等待工作日”。")]
internal sealed class Delay : TimedActivity
{
    [Input(DisplayName = "时长", Description = "天.时:分:秒，如 1.00:00:00 为一天。", DefaultValue = "00:01:00")]
    public Input<TimeSpan> TimeSpan { get; set; } = null!;

    protected override (DateTimeOffset Due, string? Cron) DueAt(ActivityContext context) =>
        (context.Clock.GetUtcNow() + context.Get(TimeSpan), null);
}

/// <summary>Starts a workflow at intervals; within a workflow waits for one interval.</summary>
[Activity("Elsa", "Timer", Category = Categories.Hidden, DisplayName = "定时器", GeneratedName = "定时器", IsBrowsable = false,
    Description = "在流程中等待一个间隔。系统不按时间自动发起业务件。",
    Kind = ActivityKind.Trigger, CanWait = true)]
internal sealed class Timer : TimedActivity
{
    [Input(DisplayName = "间隔", Description = "天.时:分:秒，如 00:30:00 为半小时。", DefaultValue = "00:01:00")]
    public Input<TimeSpan> Interval { get; set; } = null!;

    protected override (DateTimeOffset Due, string? Cron) DueAt(ActivityContext context) =>
        (context.Clock.GetUtcNow() + context.Get(Interval), null);
}

/// <summary>Waits until a moment; goes on at once when it has passed.</summary>
[Activity("Elsa", "StartAt", Category = Categories.Hidden, DisplayName = "定点", GeneratedName = "定点", IsBrowsable = false,
    Description = "等到指定时刻。新流程请用“等待工作日”。", Kind = ActivityKind.Trigger,
    CanWait = true)]
internal sealed class StartAt : TimedActivity
{
    [Input(DisplayName = "时刻", Description = "日期与时间，如 2026-12-01 08:00。")]
    public Input<DateTimeOffset> DateTime { get; set; } = null!;

    protected override (DateTimeOffset Due, string? Cron) DueAt(ActivityContext context) => (context.Get(DateTime), null);
}

/// <summary>Starts a workflow by a cron expression; within a workflow waits for its next moment (in the clock's local
/// zone).</summary>
[Activity("Elsa", "Cron", Category = Categories.Hidden, DisplayName = "Cron 定时", GeneratedName = "Cron 定时", IsBrowsable = false,
    Description = "在流程中等到 Cron 表达式的下一个时刻。",
    Kind = ActivityKind.Trigger, CanWait = true)]
internal sealed class Cron : TimedActivity
{
    [Input(DisplayName = "Cron 表达式", Description = "五段或六段（含秒），如 0 8 * * 1 为每周一八点。")]
    public Input<string> CronExpression { get; set; } = null!;

    internal override void Compile(NodeCompiler compiler)
    {
        if (CronExpression is { IsConstant: true, Constant: { Length: > 0 } text } && !TryParse(text, out _))
            compiler.Report(ProblemCodes.InputFormat, $"“{Node.DisplayText}”的 Cron 表达式“{text}”无效。");
    }

    protected override (DateTimeOffset Due, string? Cron) DueAt(ActivityContext context)
    {
        var text = context.Get(CronExpression) ?? "";
        if (!TryParse(text, out var cron))
            context.Fault($"Cron 表达式“{text}”无效。");
        if (cron!.GetNextOccurrence(context.Clock.GetUtcNow(), context.Clock.LocalTimeZone) is not { } due)
        {
            context.Fault($"Cron 表达式“{text}”没有下一个时刻。");
            return default;
        }

        return (due, text);
    }

    private static bool TryParse(string text, out Cronos.CronExpression? cron)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return Cronos.CronExpression.TryParse(text, parts == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard, out cron);
    }
}
