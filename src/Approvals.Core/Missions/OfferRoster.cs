using System.Text.Json;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>提供参考名册, T§15(4) — freezes the roster as it stands and tells the general commander, who appoints from it alone.</summary>
public sealed class OfferRoster(
    ApprovalsDbContext db, UnitOfWork unitOfWork, RosterQuery rosters, EventAccess access, Notifier notifier, CurrentPerson person,
    AuditTrail audit, TimeProvider time)
{
    /// <summary>Offers it again, e.g. when people have become free. False when the event is closed or the person may not.</summary>
    public Task<bool> OfferAsync(Guid eventId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            // Closes the race with closing the event: both hold its row.
            var row = await access.RightsAsync(eventId, cancellationToken) is { IsDuty: true }
                ? await EventLock.TakeAsync(db, eventId, cancellationToken) : null;
            if (row is null || row.Status != EventStatus.Open)
            {
                scope.Abort();
                return false;
            }

            await AddAsync(row, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Adds the roster within the caller's unit of work.</summary>
    internal async Task AddAsync(EmergencyEvent row, CancellationToken cancellationToken)
    {
        var lines = await rosters.ForAsync(row, cancellationToken);
        var roster = new EventRoster
        {
            EventId = row.Id,
            OfferedAt = time.GetUtcNow(),
            OfferedById = person.RequiredId,
            OfferedByName = person.Name,
            Lines = JsonSerializer.Serialize(lines, FormJson.Data),
        };
        db.EventRosters.Add(roster);
        audit.Record("event.roster-offered", "event", row.Id.ToString(), new
        {
            roster = roster.Id, commanders = lines.Select(line => line.Candidate.CommanderId).ToArray(),
        });
        notifier.Tell(
            row.GeneralCommanderId, $"{row.Name}技术指挥官参考名册已提供（{lines.Count} 人），请任命", $"/events/{row.Id}",
            "技术指挥官参考名册");
    }

    /// <summary>The lines of an offered roster.</summary>
    public static IReadOnlyList<RosterLine> Read(EventRoster roster) =>
        JsonSerializer.Deserialize<List<RosterLine>>(roster.Lines, FormJson.Data)!;

    /// <summary>The newest roster of an event; null when none was offered.</summary>
    public Task<EventRoster?> NewestAsync(Guid eventId, CancellationToken cancellationToken) =>
        db.EventRosters.AsNoTracking().Where(row => row.EventId == eventId).OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
}
