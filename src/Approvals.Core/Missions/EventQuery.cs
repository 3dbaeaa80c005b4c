using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>A line of the board.</summary>
/// <param name="Event">The event.</param>
/// <param name="ToAnswer">Appointments not answered.</param>
/// <param name="Active">Commanders on the scene.</param>
/// <param name="ReportsDue">Missions that ended and are not reported.</param>
public sealed record EventLine(EmergencyEvent Event, int ToAnswer, int Active, int ReportsDue);

/// <summary>A mission with the number of its case.</summary>
/// <param name="Mission">The mission.</param>
/// <param name="CaseNumber">Number of its case.</param>
/// <param name="Event">Its event.</param>
public sealed record MissionLine(Mission Mission, string CaseNumber, EmergencyEvent Event);

/// <summary>Reads events and missions for their pages.</summary>
public sealed class EventQuery(ApprovalsDbContext db, EventAccess access, CurrentPerson person)
{
    /// <summary>How many closed events the board shows.</summary>
    public const int ClosedShown = 20;

    /// <summary>The board: open events first, then the latest closed ones.</summary>
    public async Task<IReadOnlyList<EventLine>> BoardAsync(CancellationToken cancellationToken)
    {
        var visible = await access.VisibleAsync(cancellationToken);
        var open = await visible.Where(row => row.Status == EventStatus.Open)
            .OrderByDescending(row => row.StartedAt).ToListAsync(cancellationToken);
        var closed = await visible.Where(row => row.Status == EventStatus.Closed)
            .OrderByDescending(row => row.StartedAt).Take(ClosedShown).ToListAsync(cancellationToken);
        var ids = open.Concat(closed).Select(row => row.Id).ToList();
        var missions = (await db.Missions.AsNoTracking().Where(row => ids.Contains(row.EventId))
                .Select(row => new { row.EventId, row.Status, row.ReportedAt }).ToListAsync(cancellationToken))
            .ToLookup(row => row.EventId);
        return
        [
            .. open.Concat(closed).Select(row => new EventLine(
                row,
                missions[row.Id].Count(one => MissionRules.CanRevoke(one.Status)),
                missions[row.Id].Count(one => one.Status == MissionStatus.Active),
                missions[row.Id].Count(one => one.Status == MissionStatus.Ended && one.ReportedAt == null))),
        ];
    }

    /// <summary>An event the person may see; null otherwise.</summary>
    public async Task<EmergencyEvent?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await (await access.VisibleAsync(cancellationToken)).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Missions of an event, in the order they were proposed.</summary>
    public Task<List<MissionLine>> MissionsAsync(Guid eventId, CancellationToken cancellationToken) =>
        Lines(db.Missions.AsNoTracking().Where(row => row.EventId == eventId).OrderBy(row => row.Id)).ToListAsync(cancellationToken);

    /// <summary>The log of an event, newest first.</summary>
    public Task<List<EventLogEntry>> LogAsync(Guid eventId, CancellationToken cancellationToken) =>
        db.EventLog.AsNoTracking().Where(row => row.EventId == eventId).OrderByDescending(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>The signed-in person's missions that were appointed, newest first.</summary>
    public Task<List<MissionLine>> MineAsync(CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        return Lines(db.Missions.AsNoTracking().Where(row => row.PersonId == me && row.AppointedAt != null)
            .OrderByDescending(row => row.Id)).ToListAsync(cancellationToken);
    }

    // Joins on keys keep the order of the missions; the projection comes last, for EF orders by nothing behind a constructor.
    private IQueryable<MissionLine> Lines(IOrderedQueryable<Mission> missions) =>
        from mission in missions
        join one in db.Cases.AsNoTracking() on mission.CaseId equals one.Id
        join row in db.Events.AsNoTracking() on mission.EventId equals row.Id
        select new MissionLine(mission, one.Number ?? "", row);
}
