using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notices;

/// <summary>撤销公示 — the notice's step was withdrawn by a return or by the end of the case; its pages say so.</summary>
public sealed class WithdrawNotice(ApprovalsDbContext db, AuditTrail audit, Announcer announcer, TimeProvider time)
{
    /// <summary>Withdraws the notice that a run of the step published, unless it has ended.</summary>
    public async Task WithdrawAsync(Guid bookmarkId, CancellationToken cancellationToken)
    {
        // A notice published in this very unit of work is not in the database yet; the guard below would miss it.
        await db.SaveChangesAsync(cancellationToken);
        var now = time.GetUtcNow();

        // Closes the race with the end of the notice: one that has told its case is no longer withdrawn.
        var withdrawn = await db.Notices.Where(row => row.BookmarkId == bookmarkId && row.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, NoticeStatus.Withdrawn).SetProperty(row => row.EndedAt, now), cancellationToken);
        if (withdrawn > 0)
        {
            audit.Record("notice.withdrawn", "bookmark", bookmarkId.ToString(), new { });
            var notice = await db.Notices.AsNoTracking().FirstAsync(row => row.BookmarkId == bookmarkId, cancellationToken);
            await announcer.AnnounceAsync(
                WebhookEvents.NoticeWithdrawn, notice.Id, notice.CaseId, new { noticeId = notice.Id, number = notice.Number }, cancellationToken);
        }
    }
}
