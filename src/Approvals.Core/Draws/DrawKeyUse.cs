using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Draws;

/// <summary>Tells which secrets of draws are still needed. Scoped.</summary>
public sealed class DrawKeyUse(ApprovalsDbContext db, DrawSecret secret)
{
    /// <summary>
    /// Draws that are committed to and not drawn yet, by the number of the secret; under 0 those whose secret is not there. With nothing under
    /// it a secret can be put away: what is drawn holds its own number.
    /// </summary>
    public async Task<IReadOnlyDictionary<int, int>> WaitingAsync(CancellationToken cancellationToken)
    {
        var waiting = await db.DrawRequests.AsNoTracking().Where(row => row.Status == DrawStatus.Committed)
            .Select(row => new { row.Id, row.Commitment }).ToListAsync(cancellationToken);
        return waiting.GroupBy(row => secret.KeyOf(row.Id, row.Commitment ?? "") ?? 0).ToDictionary(group => group.Key, group => group.Count());
    }
}
