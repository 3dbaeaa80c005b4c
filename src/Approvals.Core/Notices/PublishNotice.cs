using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Timers;
using Approvals.Core.Webhooks;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Notices;

/// <summary>What a notice step asks for.</summary>
/// <param name="InstanceId">Instance that waits.</param>
/// <param name="BookmarkId">Where it waits.</param>
/// <param name="RunId">Run of the activity; repeated, it publishes nothing twice.</param>
/// <param name="StepName">Step name for the history.</param>
/// <param name="TextName">Text file.</param>
/// <param name="WorkingDays">At least 1.</param>
public sealed record NoticeRequest(Guid InstanceId, Guid BookmarkId, Guid RunId, string StepName, string TextName, int WorkingDays);

/// <summary>发布公示 — number, PDF, public page and the timer of its end, in the transaction of the step before.</summary>
public sealed class PublishNotice(
    ApprovalsDbContext db, WorkingCalendarStore calendars, DocumentTexts texts, DocumentValues documentValues,
    IssuedDocuments documents, IOptions<BureauOptions> bureau, TimerService timers, Notifier notifier, AuditTrail audit, Announcer announcer,
    TimeProvider time)
{
    /// <summary>Publishes within the caller's unit of work.</summary>
    /// <exception cref="FormatException">The text file is missing or wrong; becomes the incident's message.</exception>
    public async Task<PublicNotice> PublishAsync(CaseScope scope, NoticeRequest request, CancellationToken cancellationToken)
    {
        var calendar = await calendars.LoadAsync(cancellationToken);
        var period = NoticePeriod.Of(time.Today(), request.WorkingDays, calendar);
        var text = await texts.LoadAsync(scope.Row.DefinitionVersionId, request.TextName, cancellationToken);
        var values = await documentValues.OfAsync(scope, cancellationToken);
        values["working_days"] = period.WorkingDays.ToString(System.Globalization.CultureInfo.InvariantCulture);
        values["first_day"] = ChineseDate.Of(period.FirstDay);
        values["last_day"] = ChineseDate.Of(period.EndsOn);

        var id = SortableId.New();
        values["notice_url"] = bureau.Value.NoticeUrl(id);
        var (document, _) = await documents.IssueAsync(
            new IssueRequest(scope.Row.Id, $"{request.RunId}:{request.TextName}", DocumentKind.Notice, number =>
            {
                values["number"] = number;
                return text.Map(template => DocumentLiquid.Render(template, values, time));
            })
            {
                CheckUrl = bureau.Value.NoticeUrl(id),
                IsPublic = true,
            },
            cancellationToken);
        var final = DocumentSnapshot.Parse(document.Model).Text;
        var notice = new PublicNotice
        {
            Id = id,
            CaseId = scope.Row.Id,
            InstanceId = request.InstanceId,
            BookmarkId = request.BookmarkId,
            Number = document.Number,
            Title = final.TitleLine,
            Body = NoticeBody.From(final),
            PublishedOn = period.PublishedOn,
            EndsOn = period.EndsOn,
            Status = NoticeStatus.Running,
            DocumentId = document.Id,
        };
        db.Notices.Add(notice);
        SettleNotice.Ring(timers, notice, "end", period.EndsAt);
        scope.AddEvent(
            "notice", request.StepName, $"发布公示 {notice.Number}，{period.WorkingDays} 个工作日，{ChineseDate.Of(period.EndsOn)}期满");
        notifier.Tell(scope.Row.ApplicantId, $"您的“{scope.Row.ProcessName}”已进入公示，{ChineseDate.Of(period.EndsOn)}期满", $"/cases/{scope.Row.Id}");
        audit.Record("notice.published", "notice", notice.Id.ToString(), new { number = notice.Number, endsOn = notice.EndsOn });
        announcer.Announce(WebhookEvents.NoticePublished, notice.Id, scope.Row, new
        {
            noticeId = notice.Id, number = notice.Number, publishedOn = notice.PublishedOn, endsOn = notice.EndsOn,
        });
        return notice;
    }
}
