using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>What the signed-in person may do with an event.</summary>
/// <param name="IsCommand">The general commander of the event: appoints, hands over, agrees to plans.</param>
/// <param name="IsDuty">值班室: offers rosters, hands over, closes.</param>
/// <param name="MissionId">Their own active mission; null for none.</param>
public sealed record EventRights(bool IsCommand, bool IsDuty, Guid? MissionId)
{
    /// <summary>What they may write into the log, by who they are.</summary>
    public IReadOnlyList<EventLogKind> LogKinds =>
        IsCommand ? [EventLogKind.Situation, EventLogKind.PlanApproved, EventLogKind.Withdrawal, EventLogKind.HelpRequest]
        : MissionId is not null ? [EventLogKind.Situation, EventLogKind.PlanProposed, EventLogKind.Withdrawal, EventLogKind.HelpRequest]
        : IsDuty ? [EventLogKind.Situation, EventLogKind.HelpRequest]
        : [];

    /// <summary>As what they sign the log.</summary>
    public string RoleName => IsCommand ? "总指挥" : MissionId is not null ? "技术指挥官" : "值班室";
}

/// <summary>
/// Who may look at events. All of them: duty office, register keepers, auditors, head, handlers and leader of the section that owns
/// missions. One of them: its general commander, and commanders who were appointed to it.
/// </summary>
public sealed class EventAccess(ApprovalsDbContext db, CurrentPerson person, TimeProvider time)
{
    /// <summary>Code of the section that looks after commanders and their missions.</summary>
    public const string OwnerSection = "rescue";

    /// <summary>Whether the person may see every event.</summary>
    public async Task<bool> MaySeeAllAsync(CancellationToken cancellationToken)
    {
        if (person.Id is not { } me)
        {
            return false;
        }

        if (person.Is(Roles.DutyOffice) || person.Is(Roles.RegisterKeeper) || person.Is(Roles.Auditor))
        {
            return true;
        }

        var today = time.Today();
        return await db.OrgUnits.AnyAsync(unit => unit.Code == OwnerSection && unit.LeaderInChargeId == me, cancellationToken)
            || await db.Positions.HeldOn(today).OfHeadsAndHandlers().AnyAsync(
                post => post.PersonId == me && db.OrgUnits.Any(unit => unit.Id == post.OrgUnitId && unit.Code == OwnerSection),
                cancellationToken);
    }

    /// <summary>The events the person may see.</summary>
    public async Task<IQueryable<EmergencyEvent>> VisibleAsync(CancellationToken cancellationToken)
    {
        var rows = db.Events.AsNoTracking();
        if (await MaySeeAllAsync(cancellationToken))
        {
            return rows;
        }

        var me = person.Id ?? Guid.Empty;
        return rows.Where(row => row.GeneralCommanderId == me
            || db.Missions.Any(mission => mission.EventId == row.Id && mission.PersonId == me && mission.AppointedAt != null));
    }

    /// <summary>What the person may do with an event; null when it may not even be seen, or there is none.</summary>
    public async Task<EventRights?> RightsAsync(Guid eventId, CancellationToken cancellationToken)
    {
        if (person.Id is not { } me)
        {
            return null;
        }

        var rows = await VisibleAsync(cancellationToken);
        var found = await rows.Where(row => row.Id == eventId).Select(row => new { row.GeneralCommanderId })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var mission = await db.Missions
            .Where(row => row.EventId == eventId && row.PersonId == me && row.Status == MissionStatus.Active)
            .Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken);
        return new EventRights(found.GeneralCommanderId == me, person.Is(Roles.DutyOffice), mission);
    }
}
