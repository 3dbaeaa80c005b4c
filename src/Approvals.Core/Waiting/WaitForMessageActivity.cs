using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Waiting;

/// <summary>等待消息 — waits for a message by its name, at most for some working days.</summary>
[Activity("Approvals", "WaitForMessage", Category = Categories.Waiting, DisplayName = "等待消息", GeneratedName = "等待消息", CanWait = true,
    Description = "等待其他流程用“发送消息”送来的消息，例如“保单已出具”；可设等待期限。")]
[Outcome(Received)]
[Outcome(Late)]
public sealed class WaitForMessageActivity : Activity
{
    /// <summary>Outcome when the message has come.</summary>
    public const string Received = "收到";

    /// <summary>Outcome when it has not come in time.</summary>
    public const string Late = "超时";

    /// <summary>Name.</summary>
    [Input(DisplayName = "消息名称", Order = 1, Description = "起一个看得懂的名称，例如“保单已出具”；发送方选同一名称。")]
    public Input<string> Message { get; set; } = null!;

    /// <summary>Working days.</summary>
    [Input(DisplayName = "等待期限（工作日）", DefaultValue = 0, Order = 2, Description = "0 表示一直等；到期仍未收到的走“超时”。")]
    public Input<int> DeadlineDays { get; set; } = null!;

    /// <summary>What came with it.</summary>
    [Output(DisplayName = "内容", Description = "随消息送来的内容，可存入流程变量。")]
    public Output<object> Content { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.Get(Message)?.Trim() is not { Length: > 0 } message)
        {
            context.Fault("没有填写消息名称。", "bad-input");
            return;
        }

        var scope = await CaseScope.LoadAsync(context);
        var text = $"消息“{message}”";
        if (context.Get(DeadlineDays) is > 0 and var days)
        {
            var calendar = await context.Services.GetRequiredService<WorkingCalendarStore>().LoadAsync(context.CancellationToken);
            var due = calendar.Deadline(context.Clock.GetUtcNow(), days);
            text += $"，最迟 {WaitNote.Moment(due)}";
            context.CreateBookmark(BookmarkKinds.Timer, dueAt: due);
        }

        context.CreateBookmark(BookmarkKinds.Event, message, WaitNote.Of(context, text));
        scope.AddEvent("waiting", context.Node.DisplayText, $"等待{text}");
    }

    /// <inheritdoc />
    public override async ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        var isLate = context.Bookmark!.Kind == BookmarkKinds.Timer;
        var scope = await CaseScope.LoadAsync(context);
        scope.AddEvent("waiting", context.Node.DisplayText, isLate ? "等待期满，没有收到消息" : $"收到消息“{context.Bookmark.Key}”");
        if (!isLate)
            context.Set(Content, input);
        await context.CompleteAsync(isLate ? Late : Received);
    }
}
