using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Timers;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notices;

/// <summary>What became of a ruling.</summary>
public enum RulingOutcome
{
    /// <summary>Ruled.</summary>
    Ruled,

    /// <summary>Somebody ruled before; nothing was changed.</summary>
    AlreadyRuled,

    /// <summary>There is no such objection.</summary>
    NotFound,
}

/// <summary>A ruling.</summary>
/// <param name="IsUpheld">成立 or 不成立.</param>
/// <param name="Investigation">核查情况.</param>
/// <param name="Reason">处理决定 with its reason.</param>
/// <param name="By">The leader; null when an administrator moved the process on.</param>
public sealed record Ruling(bool IsUpheld, string? Investigation, string? Reason, Guid? By);

/// <summary>裁定异议 — the leader's ruling takes effect: dismissed, the notice runs on; upheld, the case is refused.</summary>
public sealed class RuleObjection(ApprovalsDbContext db, UnitOfWork unitOfWork, TimerService timers, AuditTrail audit, Announcer announcer,
    TimeProvider time)
{
    /// <summary>Rules an objection.</summary>
    public Task<RulingOutcome> RuleAsync(Guid objectionId, Ruling ruling, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(_ => RuleInsideAsync(objectionId, ruling, cancellationToken), cancellationToken);

    private async Task<RulingOutcome> RuleInsideAsync(Guid objectionId, Ruling ruling, CancellationToken cancellationToken)
    {
        var noticeId = await db.Objections.AsNoTracking().Where(row => row.Id == objectionId).Select(row => (Guid?)row.NoticeId)
            .FirstOrDefaultAsync(cancellationToken);
        if (noticeId is null)
        {
            return RulingOutcome.NotFound;
        }

        // Notice before objection, as everywhere, so that the end of the notice counts open objections that cannot change.
        var notice = (await NoticeLock.TakeAsync(db, noticeId.Value, cancellationToken))!;
        var now = time.GetUtcNow();
        var status = ruling.IsUpheld ? ObjectionStatus.Upheld : ObjectionStatus.Dismissed;

        // Closes the race of two rulings: only the first finds the objection open.
        var ruled = await db.Objections.Where(row => row.Id == objectionId && row.Status == ObjectionStatus.Open).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, status)
                .SetProperty(row => row.Investigation, ruling.Investigation)
                .SetProperty(row => row.Ruling, ruling.Reason)
                .SetProperty(row => row.RuledById, ruling.By)
                .SetProperty(row => row.RuledAt, now),
            cancellationToken);
        if (ruled == 0)
        {
            return RulingOutcome.AlreadyRuled;
        }

        audit.Record("objection.ruled", "objection", objectionId.ToString(), new { ruling = status.ToString(), notice = notice.Number });
        await announcer.AnnounceAsync(
            WebhookEvents.ObjectionRuled, objectionId, notice.CaseId,
            new { objectionId, noticeId = notice.Id, ruling = ruling.IsUpheld ? "upheld" : "dismissed" }, cancellationToken);
        if (!NoticeDecisions.IsInForce(notice.Status))
        {
            return RulingOutcome.Ruled;
        }

        if (ruling.IsUpheld)
        {
            await db.Notices.Where(row => row.Id == notice.Id && row.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, NoticeStatus.Upheld), cancellationToken);
        }
        else
        {
            HandleNextObjection.Ring(timers, notice, objectionId, now, "ruled");
        }

        // The case's instance may be locked by others; it is told in a transaction of its own, right after this one.
        if (ruling.IsUpheld || now >= ChinaTime.EndOf(notice.EndsOn))
        {
            SettleNotice.Ring(timers, notice, $"ruled:{objectionId}", now);
        }

        return RulingOutcome.Ruled;
    }
}
