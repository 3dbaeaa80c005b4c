using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Audit;

/// <summary>Writes a checkpoint of the chain as it stands. Scoped; run every hour and by <c>audit checkpoint</c>.</summary>
public sealed class CheckpointJob(ApprovalsDbContext db, CheckpointWriter writer)
{
    /// <summary>Writes it.</summary>
    /// <returns>Sequence it covers; 0 when the chain is still empty and nothing was written.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var head = await db.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
        if (head.Sequence > 0)
        {
            await writer.WriteAsync(head.Sequence, head.Hash, cancellationToken);
        }

        return head.Sequence;
    }
}
