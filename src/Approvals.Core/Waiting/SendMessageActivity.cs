using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Designer;
using Approvals.Core.Timers;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Waiting;

/// <summary>发送消息 — wakes what waits for a message of this name.</summary>
[Activity("Approvals", "SendMessage", Category = Categories.Waiting, DisplayName = "发送消息", GeneratedName = "发送消息",
    Description = "把消息送给正在“等待消息”的流程，不等待回复；没有流程在等的，消息不保留。")]
public sealed class SendMessageActivity : Activity
{
    /// <summary>Name.</summary>
    [Input(DisplayName = "消息名称", UiHint = UiHints.DropDown, OptionSource = OptionSources.Messages, Order = 1,
        Description = "从各流程正在等待的消息中选择。")]
    public Input<string> Message { get; set; } = null!;

    /// <summary>To whom.</summary>
    [Input(DisplayName = "送给", UiHint = UiHints.RadioList, DefaultValue = "case", Order = 2,
        Options = ["case=本业务件的其他分支和子流程", "all=所有等待此消息的业务件"], Description = "一般只送给本业务件。")]
    public Input<string> To { get; set; } = null!;

    /// <summary>What goes with it.</summary>
    [Input(DisplayName = "内容", Order = 3, Description = "可不填；或切换为 JavaScript 取值，例如 data.policyNumber。")]
    public Input<object> Content { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.Get(Message)?.Trim() is not { Length: > 0 } message)
        {
            context.Fault("没有选择消息名称。", "bad-input");
            return;
        }

        var scope = await CaseScope.LoadAsync(context);
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        var toAll = context.Get(To) == "all";
        var waiting = await (
                from bookmark in db.Bookmarks.AsNoTracking()
                join instance in db.Instances on bookmark.InstanceId equals instance.Id
                where bookmark.Kind == BookmarkKinds.Event && bookmark.Key == message && (toAll || instance.CaseId == scope.Row.Id)
                orderby bookmark.Id
                select new { bookmark.Id, bookmark.InstanceId })
            .ToListAsync(context.CancellationToken);
        var own = OwnBookmarks(context, message).Except(waiting.Select(one => one.Id));

        // Other cases have locks of their own: each is woken in a transaction of its own, by a timer that is due at once.
        var timers = context.Services.GetRequiredService<TimerService>();
        var content = Values.ToJson(context.Get(Content));
        foreach (var (bookmark, instance) in waiting.Select(one => (one.Id, one.InstanceId)).Concat(own.Select(id => (id, context.InstanceId))))
        {
            timers.Schedule(
                $"message:{context.RunId}:{bookmark}", DeliverMessage.TimerKind, new DeliverMessage.Payload(bookmark, content),
                context.Clock.GetUtcNow(), instance);
        }

        scope.AddEvent("waiting", context.Node.DisplayText, $"发送消息“{message}”");
    }

    /// <summary>Bookmarks of other branches that were made in this burst and have no row yet.</summary>
    private static IEnumerable<Guid> OwnBookmarks(ActivityContext context, string message) =>
        context.WaitingBookmarks.Where(one => one.Kind == BookmarkKinds.Event && one.Key == message).Select(one => one.Id);
}
