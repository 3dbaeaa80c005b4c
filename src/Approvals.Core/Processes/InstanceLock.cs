using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes;

/// <summary>
/// The lock of a workflow instance, held until the transaction ends. Whatever changes an instance takes it before anything else of
/// the instance: the case's row first, because the instances of one case act on each other, then the instance's row. One order for
/// all means that two transactions never wait for each other the wrong way round.
/// </summary>
internal static class InstanceLock
{
    /// <summary>Takes the lock; does nothing when there is no such instance.</summary>
    public static async Task TakeAsync(ApprovalsDbContext db, Guid instanceId, CancellationToken cancellationToken)
    {
        await db.Cases.Where(one => db.Instances.Any(row => row.Id == instanceId && row.CaseId == one.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UpdatedAt, one => one.UpdatedAt), cancellationToken);
        await db.Instances.Where(row => row.Id == instanceId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken);
    }
}
