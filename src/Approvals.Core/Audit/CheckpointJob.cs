using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Audit;

/// <summary>What a run of <see cref="CheckpointJob"/> found.</summary>
/// <param name="Sequence">Newest entry of the chain; 0 when it is still empty.</param>
/// <param name="IsWritten">Whether a checkpoint of it was written; false when the chain is empty or the newest checkpoint covers it.</param>
public sealed record CheckpointOutcome(long Sequence, bool IsWritten);

/// <summary>Writes a checkpoint of the chain as it stands. Scoped; run every hour and by <c>audit checkpoint</c>.</summary>
public sealed class CheckpointJob(ApprovalsDbContext db, CheckpointWriter writer)
{
    /// <summary>Writes it, unless nothing is new since the last.</summary>
    public async Task<CheckpointOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var head = await db.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
        var isWritten = head.Sequence > 0 && await writer.WriteAsync(head.Sequence, head.Hash, cancellationToken);
        return new CheckpointOutcome(head.Sequence, isWritten);
    }
}
