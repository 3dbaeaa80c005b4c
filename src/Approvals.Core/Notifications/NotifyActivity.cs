using Approvals.Core.Cases;
using Approvals.Core.Designer;
using Approvals.Core.Organisation;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Notifications;

/// <summary>通知 — tells people something in the app and by mail.</summary>
[Activity("Approvals", "Notify", Category = Categories.Approval, DisplayName = "通知", GeneratedName = "通知",
    Description = "向指定人员发送站内消息和邮件，不等待回复。")]
public sealed class NotifyActivity : Activity
{
    /// <summary>Participant specifications.</summary>
    [Input(DisplayName = "通知对象", UiHint = UiHints.CheckList, OptionSource = OptionSources.Participants, Order = 1,
        InitialValue = """["applicant"]""", Description = "勾选通知给谁，可多选。")]
    public Input<string[]> Who { get; set; } = null!;

    /// <summary>Text.</summary>
    [Input(DisplayName = "内容", UiHint = UiHints.MultiLine, Order = 2, Description = "一句话，会显示在站内消息和邮件中。")]
    public Input<string> Text { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var resolver = context.Services.GetRequiredService<ParticipantResolver>();
        var notifier = context.Services.GetRequiredService<Notifier>();
        var who = context.Get(Who) ?? [];
        var people = await resolver.ResolveAsync(
            who, await scope.ParticipantsAsync(who, context.CancellationToken), context.CancellationToken);
        foreach (var one in people.People)
            notifier.Tell(one.PersonId, context.Get(Text) ?? scope.Row.ProcessName, $"/cases/{scope.Row.Id}");
        await context.CompleteAsync("Done");
    }
}
