using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>What became of a line for the log.</summary>
public enum LogOutcome
{
    /// <summary>Written.</summary>
    Written,

    /// <summary>The text is missing or longer than 2,000 characters.</summary>
    TextNeeded,

    /// <summary>The time lies in the future or before the event.</summary>
    WrongTime,

    /// <summary>The event is closed; its log is, too.</summary>
    Closed,

    /// <summary>The person may not write lines of this kind.</summary>
    NotAllowed,
}

/// <summary>
/// 现场记录 — writes a line, append-only, with who and when (T§7, §9). A withdrawal of rescuers and a request for help reach the
/// general commander and the duty office at once.
/// </summary>
public sealed class WriteEventLog(
    ApprovalsDbContext db, UnitOfWork unitOfWork, EventAccess access, Notifier notifier, CurrentPerson person, AuditTrail audit,
    TimeProvider time)
{
    /// <summary>Writes it.</summary>
    /// <param name="eventId">Event.</param>
    /// <param name="kind">One of those the person may write.</param>
    /// <param name="text">In words.</param>
    /// <param name="happenedAt">When it happened, as local time in China; null for now.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<LogOutcome> WriteAsync(
        Guid eventId, EventLogKind kind, string? text, DateTime? happenedAt, CancellationToken cancellationToken)
    {
        var rights = await access.RightsAsync(eventId, cancellationToken);
        if (rights is null || !rights.LogKinds.Contains(kind))
        {
            return LogOutcome.NotAllowed;
        }

        // Browsers send line breaks as two characters; they count as one.
        var words = text?.Replace("\r\n", "\n", StringComparison.Ordinal).Trim() ?? "";
        if (words.Length is 0 or > 2000)
        {
            return LogOutcome.TextNeeded;
        }

        return await unitOfWork.RunAsync(
            scope => WriteInsideAsync(scope, eventId, rights, kind, words, happenedAt, cancellationToken), cancellationToken);
    }

    private async Task<LogOutcome> WriteInsideAsync(
        UnitOfWorkScope scope, Guid eventId, EventRights rights, EventLogKind kind, string text, DateTime? happenedAt,
        CancellationToken cancellationToken)
    {
        // Closes the race with closing the event: its log ends with the closing line.
        var row = (await EventLock.TakeAsync(db, eventId, cancellationToken))!;
        var now = time.GetUtcNow();
        var happened = happenedAt is { } local ? EventTimes.Instant(local) : now;
        if (row.Status != EventStatus.Open || happened > now || happened < row.StartedAt)
        {
            scope.Abort();
            return row.Status != EventStatus.Open ? LogOutcome.Closed : LogOutcome.WrongTime;
        }

        var entry = new EventLogEntry
        {
            EventId = eventId, MissionId = rights.MissionId, At = now, HappenedAt = happened, Kind = kind, Text = text,
            ById = person.RequiredId, ByName = person.Name, ByRole = rights.RoleName,
        };
        db.EventLog.Add(entry);
        audit.Record("event.logged", "event", eventId.ToString(), new { entry = entry.Id, kind = kind.ToString() });
        if (kind is EventLogKind.Withdrawal or EventLogKind.HelpRequest)
        {
            await AlarmAsync(row, entry, cancellationToken);
        }

        return LogOutcome.Written;
    }

    private async Task AlarmAsync(EmergencyEvent row, EventLogEntry entry, CancellationToken cancellationToken)
    {
        var duty = await db.RoleAssignments.Where(one => one.Role == Roles.DutyOffice).Select(one => one.PersonId)
            .ToListAsync(cancellationToken);
        var what = MissionWords.Of(entry.Kind);
        foreach (var one in duty.Append(row.GeneralCommanderId).Distinct().Where(id => id != person.Id))
        {
            notifier.Tell(one, $"{row.Name}{what}（{entry.ByName}）", $"/events/{row.Id}", $"{what}：{row.Name}");
        }
    }
}
