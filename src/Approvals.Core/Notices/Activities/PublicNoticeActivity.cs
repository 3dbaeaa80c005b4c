using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Designer;
using Approvals.Core.Regulations;
using Approvals.Core.Waiting;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Notices.Activities;

/// <summary>公示 — publishes the case and waits until the notice is over or an objection is upheld, T§13(三).</summary>
[Activity("Approvals", "PublicNotice", Category = Categories.Checking, DisplayName = "公示", GeneratedName = "公示", CanWait = true,
    Description = "在公众页面发布公示并生成公示文件，等到公示期满；期间收到异议的，处理完毕才继续。")]
[Outcome(Expired)]
[Outcome(Upheld)]
public sealed class PublicNoticeActivity : Activity
{
    /// <summary>Outcome when the period is over and no objection stands.</summary>
    public const string Expired = "期满";

    /// <summary>Outcome when an objection was upheld.</summary>
    public const string Upheld = "异议成立";

    /// <summary>Kind of the bookmark.</summary>
    public const string BookmarkKind = "Notice";

    /// <summary>Text file.</summary>
    [Input(DisplayName = "公示内容", UiHint = UiHints.DropDown, OptionSource = OptionSources.Documents,
        DefaultValue = "public-notice", Order = 1, Description = "公示用的文书模板，从本流程的模板中选择；标题和正文在模板中修改。")]
    public Input<string> Text { get; set; } = null!;

    /// <summary>Working days; empty for the regulation parameter.</summary>
    [Input(DisplayName = "公示期（工作日）", UiHint = UiHints.SingleLine, Order = 2,
        Description = "留空用法规参数“公示期”。发布当日不计入，从下一个工作日起算。")]
    public Input<int?> WorkingDays { get; set; } = null!;

    /// <summary>Who investigates objections.</summary>
    [Input(DisplayName = "异议核查人", UiHint = UiHints.CheckList, OptionSource = OptionSources.Participants,
        DefaultValue = "[\"role:objection-handler\"]", InitialValue = """["role:objection-handler"]""", Order = 3,
        Description = "收到异议时由谁核查，通常为“角色：公示异议经办”。")]
    public Input<string[]> ObjectionHandlers { get; set; } = null!;

    /// <summary>Who rules objections.</summary>
    [Input(DisplayName = "异议裁定人", UiHint = UiHints.CheckList, OptionSource = OptionSources.Participants,
        DefaultValue = "[\"leader@owner\"]", InitialValue = """["leader@owner"]""", Order = 4,
        Description = "由谁裁定异议成立或不成立，通常为“承办处室分管领导”。")]
    public Input<string[]> RulingLeader { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var note = WaitNote.Of(context, "公示期满");
        note["handlers"] = Names(context.Get(ObjectionHandlers));
        note["leader"] = Names(context.Get(RulingLeader));
        var bookmark = context.CreateBookmark(BookmarkKind, payload: note);
        context.SetState(nameof(Bookmark), bookmark.Id.ToString());
        var days = context.Get(WorkingDays) ?? (await context.Services.GetRequiredService<RegulationParameters>()
            .ValueAsync(ParameterKeys.NoticeWorkingDays, context.Clock.Today(), context.CancellationToken)).Whole;
        var request = new NoticeRequest(
            context.InstanceId, bookmark.Id, context.RunId, context.Node.DisplayText, context.Get(Text) ?? "public-notice", days);
        await context.Services.GetRequiredService<PublishNotice>().PublishAsync(scope, request, context.CancellationToken);
    }

    /// <inheritdoc />
    public override ValueTask ResumeAsync(ActivityContext context, object? input) => input is string and (Expired or Upheld)
        ? context.CompleteAsync((string)input)
        : throw new ActivityFaultException("公示只能由期满或异议裁定结束。", "no-settlement");

    /// <inheritdoc />
    public override async ValueTask CancelAsync(ActivityContext context, string reason)
    {
        // The bookmark is gone by now; the run remembers which it was.
        if (Guid.TryParse(context.GetState<string>(nameof(Bookmark)), out var bookmark))
        {
            await context.Services.GetRequiredService<WithdrawNotice>().WithdrawAsync(bookmark, context.CancellationToken);
        }
    }

    private static JsonArray Names(string[]? names) => [.. (names ?? []).Select(name => JsonValue.Create(name))];
}
