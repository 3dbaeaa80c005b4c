using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts;

/// <summary>Reads who claimed and who approved from a case, for activities that grant entitlements. Scoped.</summary>
public sealed class CaseApprovals(ApprovalsDbContext db)
{
    /// <summary>
    /// Claimed by the starter of the case, approved by whoever signed its last approval. Also finds a decision of the running
    /// transaction.
    /// </summary>
    /// <returns>Null when nobody has approved yet.</returns>
    public async Task<GrantApproval?> LastAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var starter = await db.Cases.AsNoTracking().Where(row => row.Id == caseId).Select(row => (Guid?)row.StarterId)
            .SingleOrDefaultAsync(cancellationToken);
        var decision = await db.DecisionsOfOwnSigners().AsNoTracking()
            .Where(row => row.CaseId == caseId && row.Kind == DecisionKind.Approve)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Select(row => new { row.Id, row.DeciderId })
            .FirstOrDefaultAsync(cancellationToken);
        return starter is { } claimed && decision is not null ? new GrantApproval(claimed, decision.DeciderId, decision.Id) : null;
    }
}
