using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Designer;
using Approvals.Core.Forms;
using Approvals.Core.Waiting;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Draws.Activities;

/// <summary>随机抽取 — draws people from a register so that anybody can check the result, E§6, E§17.</summary>
[Activity("Approvals", "Draw", Category = Categories.Registers, DisplayName = "随机抽取", GeneratedName = "随机抽取", CanWait = true,
    Description = "从信息库随机抽取人员并留存可复核的记录；再次走到本步骤须有抽中人员拒绝的记录或领导批准，否则等待。")]
[Outcome(Complete)]
[Outcome(Short)]
public sealed class DrawActivity : Activity
{
    /// <summary>Outcome when as many were drawn as asked for.</summary>
    public const string Complete = "已抽出";

    /// <summary>Outcome when there were too few candidates.</summary>
    public const string Short = "人数不足";

    /// <summary>Kind of the bookmark.</summary>
    public const string BookmarkKind = "Draw";

    /// <summary>Register.</summary>
    [Input(DisplayName = "候选来源", UiHint = UiHints.DropDown, OptionSource = OptionSources.DrawSources,
        DefaultValue = CommanderSource.SourceKey, Order = 1, Description = "从哪个信息库抽取；任期届满、已解聘的人员自动排除。")]
    public Input<string> Source { get; set; } = null!;

    /// <summary>How many.</summary>
    [Input(DisplayName = "抽取人数", DefaultValue = 1, InitialValue = "1", Order = 2, Description = "1 至 100；或切换为 JavaScript 取表单中的数，例如 data.expertCount。")]
    public Input<int> Count { get; set; } = null!;

    /// <summary>Which specialties.</summary>
    [Input(DisplayName = "专业范围", UiHint = UiHints.RadioList, DefaultValue = "case", Order = 3,
        Options = ["case=按业务件的专业类别", "listed=按下面勾选的专业", "all=不限专业"], Description = "只有专业相符的人员进入候选。")]
    public Input<string> Scope { get; set; } = null!;

    /// <summary>Specialties.</summary>
    [Input(DisplayName = "专业", UiHint = UiHints.CheckList, OptionSource = OptionSources.Specialties, Order = 4,
        Description = "仅“按下面勾选的专业”时使用，可多选。")]
    public Input<string[]> Specialties { get; set; } = null!;

    /// <summary>Rotation.</summary>
    [Input(DisplayName = "轮换期限（天）", DefaultValue = 365, Order = 5,
        Description = "此期限内每抽中过一次，再被抽中的机会相应降低；0 表示机会均等。")]
    public Input<int> RotationDays { get; set; } = null!;

    /// <summary>Field with those to keep out.</summary>
    [Input(DisplayName = "回避人员字段", UiHint = UiHints.DropDown, OptionSource = OptionSources.Fields, Order = 6,
        Description = "表单中列明须回避人员姓名的字段，姓名用顿号隔开，可不选；业务件当事人和同一单位的人员自动回避。")]
    public Input<string> RecusedField { get; set; } = null!;

    /// <summary>Field for the result.</summary>
    [Input(DisplayName = "结果字段", UiHint = UiHints.DropDown, OptionSource = OptionSources.Fields, Order = 7,
        Description = "把抽中人员的姓名写入表单的哪个字段，可不选。")]
    public Input<string> ResultField { get; set; } = null!;

    /// <summary>Approval of a redraw.</summary>
    [Input(DisplayName = "重新抽取的批准环节", UiHint = UiHints.DropDown, OptionSource = OptionSources.ApprovalSteps, Order = 8,
        Description = "领导在这一审批环节同意后，可以全部重新抽取；不选则只能凭拒绝记录补抽。")]
    public Input<string> RedrawApproval { get; set; } = null!;

    /// <summary>Who was drawn.</summary>
    [Output(DisplayName = "抽中人员", Description = "抽中人员列表，每人有编号、姓名和单位，可存入流程变量。")]
    public Output<object> Drawn { get; set; } = null!;

    /// <summary>Number of the record.</summary>
    [Output(DisplayName = "抽取编号", Description = "抽取记录的编号。")]
    public Output<string> Number { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var order = new DrawOrder(
            context.Get(Source) ?? CommanderSource.SourceKey, context.Get(Count), SpecialtiesOf(context, scope), context.Get(RotationDays),
            RecusedIn(scope.Data, context.Get(RecusedField)), context.Get(ResultField) is { Length: > 0 } field ? field : null);
        if (order.Count is < 1 or > 100)
            context.Fault($"抽取人数应在 1 至 100 之间，现为 {order.Count}。", "bad-input");
        if (order.RotationDays < 0)
            context.Fault("轮换期限不能为负。", "bad-input");
        if (!context.Services.GetServices<IDrawSource>().Any(one => one.Key == order.Source))
            context.Fault($"没有“{order.Source}”这个候选来源。", "unknown-source");

        var bookmark = context.CreateBookmark(BookmarkKind, payload: WaitNote.Of(context, "随机抽取"));
        context.SetState(nameof(Bookmark), bookmark.Id.ToString());
        var approval = context.Get(RedrawApproval) is { Length: > 0 } step ? step : null;
        await context.Services.GetRequiredService<RequestDraw>().RequestAsync(
            scope,
            new DrawPlace(context.InstanceId, bookmark.Id, context.RunId, context.ActivityId, context.Node.DisplayText, approval),
            order, context.CancellationToken);
    }

    /// <inheritdoc />
    public override async ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        if (!Guid.TryParse(input as string, out var id) || await db.DrawRecords.FindAsync([id], context.CancellationToken) is not { } record)
            throw new ActivityFaultException("随机抽取只能由抽取结果结束。", "no-record");
        var sheet = DrawSheet.Read(record.Sheet);
        context.Set(Drawn, new JsonArray([.. sheet.Chosen().Select(one => new JsonObject
        {
            ["id"] = one.Id, ["name"] = one.Name, ["unit"] = one.Unit,
        })]));
        context.Set(Number, record.Number);
        await context.CompleteAsync(sheet.Picks.Count < sheet.Count ? Short : Complete);
    }

    /// <inheritdoc />
    public override async ValueTask CancelAsync(ActivityContext context, string reason)
    {
        // The bookmark is gone by now; the run remembers which it was. The request may have been made in this very burst.
        if (!Guid.TryParse(context.GetState<string>(nameof(Bookmark)), out var bookmark))
            return;
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        await db.SaveChangesAsync(context.CancellationToken);

        // Closes the race with the draw: what was drawn stays drawn.
        await db.DrawRequests
            .Where(one => one.BookmarkId == bookmark && (one.Status == DrawStatus.NeedsGround || one.Status == DrawStatus.Committed))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Status, DrawStatus.Withdrawn), context.CancellationToken);
    }

    private string[] SpecialtiesOf(ActivityContext context, CaseScope scope)
    {
        switch (context.Get(Scope))
        {
            case "all":
                return [];
            case "listed":
                if (context.Get(Specialties) is { Length: > 0 } listed)
                    return listed;
                context.Fault("没有勾选抽取的专业。", "bad-input");
                return [];
            default:
                if (FieldValues.Text(scope.Data[scope.Definition.Settings.SpecialtyField]) is { } own)
                    return [own];
                context.Fault("业务件没有填写专业类别，不能按专业抽取。", "bad-input");
                return [];
        }
    }

    /// <summary>Names of a text, or of the rows of a table, whichever the field is.</summary>
    private static IReadOnlyList<string> RecusedIn(JsonObject data, string? field)
    {
        var value = string.IsNullOrEmpty(field) ? null : data[field];
        var texts = value is JsonArray rows
            ? rows.OfType<JsonObject>().SelectMany(row => row.Select(pair => FieldValues.Text(pair.Value)))
            : [FieldValues.Text(value)];
        return
        [
            .. texts.OfType<string>()
                .SelectMany(text => text.Split(['、', '，', ',', '；', ';', '\n', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
