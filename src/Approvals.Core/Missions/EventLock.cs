using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>
/// Locks of the area, taken before any case: event, then commander. Whoever appoints, closes or hands over takes the event's; whoever
/// binds a commander takes the commander's, so that nobody is called to two places at once.
/// </summary>
internal static class EventLock
{
    /// <summary>Takes the event's row until the transaction ends and reads it fresh; null when there is none.</summary>
    public static async Task<EmergencyEvent?> TakeAsync(ApprovalsDbContext db, Guid eventId, CancellationToken cancellationToken)
    {
        // An update that changes nothing locks the row on every database; a plain read does not.
        await db.Events.Where(row => row.Id == eventId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, row => row.Status), cancellationToken);
        return await db.Events.AsNoTracking().FirstOrDefaultAsync(row => row.Id == eventId, cancellationToken);
    }

    /// <summary>
    /// Takes the commander in the same way: by the first entry of the person, who may stand in the register under two specialties and cannot
    /// be at two places for that.
    /// </summary>
    public static async Task<Commander?> TakeCommanderAsync(ApprovalsDbContext db, Guid commanderId, CancellationToken cancellationToken)
    {
        var first = await db.Commanders.AsNoTracking()
            .Where(row => row.PersonId != null && db.Commanders.Any(one => one.Id == commanderId && one.PersonId == row.PersonId))
            .OrderBy(row => row.Id).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken) ?? commanderId;
        await db.Commanders.Where(row => row.Id == first)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, row => row.Status), cancellationToken);
        return await db.Commanders.AsNoTracking().FirstOrDefaultAsync(row => row.Id == commanderId, cancellationToken);
    }
}
