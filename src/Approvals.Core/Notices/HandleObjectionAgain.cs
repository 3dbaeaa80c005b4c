using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notices;

/// <summary>
/// Rings for the next objection whenever a handling has ended, however it did. While one runs no other is begun, and it may run on after its
/// ruling, so that the ring of the ruling finds it busy; and an objection whose handling an administrator has ended is still to be ruled.
/// Without a ring its notice would be held for ever.
/// </summary>
public sealed class HandleObjectionAgain(ApprovalsDbContext db, TimerService timers, TimeProvider time) : ISubProcessEnded, IBeforeCommit
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

    /// <summary>
    /// Whatever ends an instance has its row among what this unit of work has read. One that ended before may be there, too: its timer's key
    /// is known and nothing is scheduled again.
    /// </summary>
    public async Task BeforeCommitAsync(CancellationToken cancellationToken)
    {
        var ended = db.ChangeTracker.Entries<WorkflowInstanceRow>().Select(entry => entry.Entity)
            .Where(row => row.DefinitionId == Process && row.FinishedAt is not null && row.CaseId is not null).ToList();
        foreach (var row in ended)
            await EndedAsync(row.Id, row.CaseId!.Value, cancellationToken);
    }
}
