using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Waiting;

/// <summary>What waits for an instant have in common: a timer row wakes them, once, also after an outage.</summary>
public abstract class WaitForTime : Activity
{
    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var calendar = await context.Services.GetRequiredService<WorkingCalendarStore>().LoadAsync(context.CancellationToken);
        var now = context.Clock.GetUtcNow();
        var (due, why) = DueAt(context, calendar, now);
        if (due <= now)
            return;

        var scope = await CaseScope.LoadAsync(context);
        var text = $"至 {WaitNote.Moment(due)}（{why}）";
        context.CreateBookmark(BookmarkKinds.Timer, payload: WaitNote.Of(context, text), dueAt: due);
        var guessed = calendar.YearsWithoutData(now, due);
        scope.AddEvent("waiting", context.Node.DisplayText, $"等待{text}", guessed.Count == 0
            ? null : $"{string.Join("、", guessed)} 年的节假日安排尚未录入，按周末推算。");
    }

    /// <inheritdoc />
    public override ValueTask ResumeAsync(ActivityContext context, object? input) => context.CompleteAsync();

    /// <summary>When the wait ends, and how that came about in words.</summary>
    protected abstract (DateTimeOffset Due, string Why) DueAt(ActivityContext context, WorkingCalendar calendar, DateTimeOffset now);

    /// <summary>Words of a time of day.</summary>
    private protected static string Words(DayTime time) => time == DayTime.Opening ? "上班时" : "下班时";
}
