using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notices;

/// <summary>
/// An objection whose handling an administrator has ended is still to be ruled: it is taken into hand once more, or its notice would
/// be held for ever.
/// </summary>
public sealed class HandleObjectionAgain(ApprovalsDbContext db, TimerService timers, TimeProvider time) : ISubProcessEnded
{
    /// <inheritdoc />
    public string Process => HandleNextObjection.Process;

    /// <inheritdoc />
    public string Consequence => "这条异议将重新交办，裁定以前公示期不届满。";

    /// <inheritdoc />
    public async Task EndedAsync(Guid instanceId, Guid caseId, CancellationToken cancellationToken)
    {
        var notice = await db.Notices.AsNoTracking().FirstOrDefaultAsync(
            row => row.CaseId == caseId && (row.Status == NoticeStatus.Running || row.Status == NoticeStatus.Held), cancellationToken);
        if (notice is not null)
            HandleNextObjection.Ring(timers, notice, instanceId, time.GetUtcNow(), "ended");
    }
}
