using System.Text.Json;
using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Timers;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notices;

/// <summary>
/// Ends a notice when it is due (公示期满): rung at the end of its last day and after every ruling. Each ring is its own
/// transaction, and however many there are, the case is told once.
/// </summary>
public sealed class SettleNotice(
    ApprovalsDbContext db, WorkflowHost host, TimerService timers, AuditTrail audit, Announcer announcer, TimeProvider time) : ITimerHandler
{
    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "notice-settle";

    /// <summary>What its timers carry.</summary>
    /// <param name="NoticeId">Which notice.</param>
    public sealed record Payload(Guid NoticeId);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var id = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!.NoticeId;
        var found = await db.Notices.AsNoTracking().SingleAsync(notice => notice.Id == id, cancellationToken);

        // Instance before notice: a withdrawal holds the instance and then touches the notice; the other order would deadlock.
        await host.LockAsync(found.InstanceId, cancellationToken);
        var notice = (await NoticeLock.TakeAsync(db, id, cancellationToken))!;
        var open = await db.Objections
            .CountAsync(objection => objection.NoticeId == id && objection.Status == ObjectionStatus.Open, cancellationToken);
        var now = time.GetUtcNow();
        switch (NoticeDecisions.Next(notice.Status, notice.EndsOn, notice.EndedAt is not null, open, now))
        {
            case NoticeStep.Hold:
                await HoldAsync(notice, open, cancellationToken);
                break;
            case NoticeStep.End:
                await TellAsync(notice, NoticeStatus.Ended, Activities.PublicNoticeActivity.Expired, "公示期满，无成立的异议", cancellationToken);
                break;
            case NoticeStep.Refuse:
                await TellAsync(notice, NoticeStatus.Upheld, Activities.PublicNoticeActivity.Upheld, "公示异议成立", cancellationToken);
                break;
        }
    }

    /// <summary>Rings for a notice once the running unit of work commits; <paramref name="because"/> makes the ring unique.</summary>
    public static void Ring(TimerService timers, PublicNotice notice, string because, DateTimeOffset dueAt) =>
        timers.Schedule(
            $"notice:{notice.Id}:{because}", TimerKind, new Payload(notice.Id), dueAt, notice.InstanceId, notice.BookmarkId);

    private async Task HoldAsync(PublicNotice notice, int open, CancellationToken cancellationToken)
    {
        await SetAsync(notice, NoticeStatus.Held, null, cancellationToken);
        History(notice, $"公示期满，{open} 件异议尚未处理完毕，暂不办结公示");
        audit.Record("notice.held", "notice", notice.Id.ToString(), new { number = notice.Number, open });
        await announcer.AnnounceAsync(
            WebhookEvents.NoticeHeld, notice.Id, notice.CaseId, new { noticeId = notice.Id, number = notice.Number, open }, cancellationToken);
    }

    private async Task TellAsync(
        PublicNotice notice, NoticeStatus status, string outcome, string text, CancellationToken cancellationToken)
    {
        await SetAsync(notice, status, time.GetUtcNow(), cancellationToken);
        History(notice, text);
        audit.Record("notice.ended", "notice", notice.Id.ToString(), new { number = notice.Number, outcome });
        await announcer.AnnounceAsync(
            WebhookEvents.NoticeEnded, notice.Id, notice.CaseId,
            new { noticeId = notice.Id, number = notice.Number, status = status == NoticeStatus.Upheld ? "upheld" : "ended" }, cancellationToken);
        await timers.CancelForBookmarkAsync(notice.BookmarkId, cancellationToken);

        // Gone means that the case was withdrawn or ended by an administrator meanwhile: there is nobody left to tell.
        await host.ResumeAsync(notice.BookmarkId, outcome, cancellationToken);
    }

    // The guard on EndedAt states the race it closes: of two rings at the same instant, one ends the notice.
    private Task<int> SetAsync(PublicNotice notice, NoticeStatus status, DateTimeOffset? endedAt, CancellationToken cancellationToken) =>
        db.Notices.Where(row => row.Id == notice.Id && row.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, status).SetProperty(row => row.EndedAt, endedAt), cancellationToken);

    private void History(PublicNotice notice, string text) => db.CaseEvents.Add(new CaseEvent
    {
        CaseId = notice.CaseId, At = time.GetUtcNow(), Kind = "notice", StepName = "公示", Text = text,
    });
}
