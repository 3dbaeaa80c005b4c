using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes;

/// <summary>Reads an instance's journal.</summary>
public static class JournalReader
{
    /// <summary>All that the instance did, oldest first; empty when there is no such instance.</summary>
    public static async Task<IReadOnlyList<JournalLine>> ReadAsync(
        ApprovalsDbContext db, Guid instanceId, CancellationToken cancellationToken)
    {
        var bursts = await db.Journal.AsNoTracking().Where(row => row.InstanceId == instanceId).OrderBy(row => row.First)
            .ToListAsync(cancellationToken);
        return [.. bursts.SelectMany(row => row.Read())];
    }
}
