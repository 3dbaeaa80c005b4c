using Approvals.Core.Data;

namespace Approvals.Core.Missions;

/// <summary>Adds what the system itself writes into an event's log. Scoped.</summary>
public sealed class EventJournal(ApprovalsDbContext db, TimeProvider time)
{
    /// <summary>Adds a line of kind <see cref="EventLogKind.Command"/> within the caller's unit of work.</summary>
    /// <param name="eventId">Whose.</param>
    /// <param name="text">What happened.</param>
    /// <param name="missionId">Mission it is about.</param>
    public void Add(Guid eventId, string text, Guid? missionId = null)
    {
        var now = time.GetUtcNow();
        db.EventLog.Add(new EventLogEntry
        {
            EventId = eventId, MissionId = missionId, At = now, HappenedAt = now, Kind = EventLogKind.Command, Text = text,
            ByName = "系统自动", ByRole = "系统",
        });
    }
}
