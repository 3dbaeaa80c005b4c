using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notices;

/// <summary>
/// The lock of a notice. Whoever files an objection, rules one, or ends the notice takes it first, so that what it counts cannot
/// change until it commits: an objection filed in the last second is either counted by the end or refused.
/// </summary>
internal static class NoticeLock
{
    /// <summary>Takes the row lock until the transaction ends, then reads the notice fresh; null when there is none.</summary>
    public static async Task<PublicNotice?> TakeAsync(ApprovalsDbContext db, Guid noticeId, CancellationToken cancellationToken)
    {
        // An update that changes nothing locks the row on every database; a plain read does not.
        await db.Notices.Where(row => row.Id == noticeId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsOn, row => row.EndsOn), cancellationToken);
        return await db.Notices.AsNoTracking().FirstOrDefaultAsync(row => row.Id == noticeId, cancellationToken);
    }
}
