using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Regulations;
using Approvals.Core.Waiting;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Training.Activities;

/// <summary>培训考核 — puts the candidate on the waiting list and waits for the final result, T§13(四).</summary>
[Activity("Approvals", "Training", Category = Categories.Issuing, DisplayName = "培训考核", GeneratedName = "培训考核", CanWait = true,
    Description = "把申请人列入培训考核待安排名单，等待培训经办公布成绩；不合格可补考，补考仍不合格的走“不合格”。")]
[Outcome(Passed)]
[Outcome(Failed)]
public sealed class TrainingActivity : Activity
{
    /// <summary>Outcome of a pass.</summary>
    public const string Passed = "合格";

    /// <summary>Outcome when no sitting is left.</summary>
    public const string Failed = "不合格";

    /// <summary>Kind of the bookmark.</summary>
    public const string BookmarkKind = "Training";

    /// <summary>Pass mark; empty for the regulation parameter.</summary>
    [Input(DisplayName = "合格分数线", UiHint = UiHints.SingleLine, Order = 1, Description = "0 至 100；留空用法规参数“合格分数线”。达到即合格。")]
    public Input<decimal?> PassMark { get; set; } = null!;

    /// <summary>Resits; empty for the regulation parameter.</summary>
    [Input(DisplayName = "补考次数", UiHint = UiHints.SingleLine, Order = 2, Description = "留空用法规参数“补考次数”；0 表示不补考。")]
    public Input<int?> Resits { get; set; } = null!;

    /// <inheritdoc />
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var scope = await CaseScope.LoadAsync(context);
        var parameters = context.Services.GetRequiredService<RegulationParameters>();
        var today = context.Clock.Today();
        var passMark = context.Get(PassMark)
            ?? (await parameters.ValueAsync(ParameterKeys.TrainingPassMark, today, context.CancellationToken)).Decimal;
        var resits = context.Get(Resits)
            ?? (await parameters.ValueAsync(ParameterKeys.TrainingResits, today, context.CancellationToken)).Whole;
        if (passMark is < 0 or > 100 || resits < 0)
        {
            context.Fault("合格分数线应在 0 至 100 之间，补考次数不能为负。", "bad-input");
        }

        var values = context.Services.GetRequiredService<DocumentValues>();
        var bookmark = context.CreateBookmark(BookmarkKind, payload: WaitNote.Of(context, "公布培训考核成绩"));
        context.SetState(nameof(Bookmark), bookmark.Id.ToString());
        context.Services.GetRequiredService<ApprovalsDbContext>().TrainingEnrolments.Add(new TrainingEnrolment
        {
            CaseId = scope.Row.Id,
            InstanceId = context.InstanceId,
            BookmarkId = bookmark.Id,
            CandidateName = FieldValues.Text(scope.Data["name"]) ?? scope.Row.SubjectName,
            UnitName = await values.UnitNameAsync(scope, context.CancellationToken),
            Sitting = 1,
            MaxSittings = 1 + resits,
            PassMark = passMark,
            Status = TrainingStatus.Waiting,
            CreatedAt = context.Clock.GetUtcNow(),
        });
        scope.AddEvent("training", context.Node.DisplayText, "列入培训考核待安排名单");
    }

    /// <inheritdoc />
    public override async ValueTask ResumeAsync(ActivityContext context, object? input)
    {
        if (input is not (string and (Passed or Failed)))
        {
            throw new ActivityFaultException("培训考核只能由公布的成绩结束。", "no-result");
        }

        if (input is Failed)
        {
            // After a return the candidate was trained anew: what an earlier round certified is no longer so.
            var scope = await CaseScope.LoadAsync(context);
            await context.Services.GetRequiredService<VoidCertificate>().VoidEarlierAsync(
                scope.Row.Id, CertificateKind.Training, null, "重新培训考核不合格", context.CancellationToken);
        }

        await context.CompleteAsync((string)input);
    }

    /// <inheritdoc />
    public override async ValueTask CancelAsync(ActivityContext context, string reason)
    {
        // The bookmark is gone by now; the run remembers which it was.
        if (!Guid.TryParse(context.GetState<string>(nameof(Bookmark)), out var bookmark))
        {
            return;
        }

        // The enrolment may have been made in this very burst.
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        await db.SaveChangesAsync(context.CancellationToken);

        // Closes the race with publishing: results that were published stay as they are.
        await db.TrainingEnrolments
            .Where(row => row.BookmarkId == bookmark
                && (row.Status == TrainingStatus.Waiting || row.Status == TrainingStatus.Enrolled))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, TrainingStatus.Withdrawn), context.CancellationToken);
    }
}
