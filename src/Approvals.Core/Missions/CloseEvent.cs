using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>What became of closing an event.</summary>
public abstract record CloseEventOutcome
{
    /// <summary>Closed.</summary>
    public sealed record Closed : CloseEventOutcome;

    /// <summary>Commanders are still bound by it; their command is ended by an order first, T§19.</summary>
    public sealed record StillBound(IReadOnlyList<string> Names) : CloseEventOutcome;

    /// <summary>The note is missing or longer than 2,000 characters.</summary>
    public sealed record NoteNeeded : CloseEventOutcome;

    /// <summary>It was closed before.</summary>
    public sealed record AlreadyClosed : CloseEventOutcome;

    /// <summary>Only the general commander and the duty office may.</summary>
    public sealed record NotAllowed : CloseEventOutcome;
}

/// <summary>结束事件 — the response is over. Reports and evaluations of its missions go on.</summary>
public sealed class CloseEvent(
    ApprovalsDbContext db, UnitOfWork unitOfWork, EventAccess access, EventJournal journal, CurrentPerson person, AuditTrail audit,
    TimeProvider time)
{
    /// <summary>Closes it.</summary>
    public async Task<CloseEventOutcome> CloseAsync(Guid eventId, string? note, CancellationToken cancellationToken)
    {
        if (await access.RightsAsync(eventId, cancellationToken) is not { } rights || !(rights.IsCommand || rights.IsDuty))
        {
            return new CloseEventOutcome.NotAllowed();
        }

        var words = note?.Trim() ?? "";
        return words.Length is 0 or > 2000
            ? new CloseEventOutcome.NoteNeeded()
            : await unitOfWork.RunAsync(
                async scope =>
                {
                    var outcome = await CloseInsideAsync(eventId, words, cancellationToken);
                    if (outcome is not CloseEventOutcome.Closed)
                    {
                        scope.Abort();
                    }

                    return outcome;
                },
                cancellationToken);
    }

    private async Task<CloseEventOutcome> CloseInsideAsync(Guid eventId, string note, CancellationToken cancellationToken)
    {
        // Closes the race with an appointment: it holds the event's row, too, and is seen here or refused there.
        var row = (await EventLock.TakeAsync(db, eventId, cancellationToken))!;
        if (row.Status != EventStatus.Open)
        {
            return new CloseEventOutcome.AlreadyClosed();
        }

        var bound = await db.Missions.AsNoTracking()
            .Where(one => one.EventId == eventId && MissionRules.Binding.Contains(one.Status))
            .OrderBy(one => one.Id).Select(one => one.CommanderName).ToListAsync(cancellationToken);
        if (bound.Count > 0)
        {
            return new CloseEventOutcome.StillBound(bound);
        }

        var now = time.GetUtcNow();
        await db.Events.Where(one => one.Id == eventId).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Status, EventStatus.Closed)
                .SetProperty(one => one.ClosedAt, now)
                .SetProperty(one => one.ClosedByName, person.Name)
                .SetProperty(one => one.ClosingNote, note)
                .SetProperty(one => one.RowVersion, one => one.RowVersion + 1),
            cancellationToken);
        journal.Add(eventId, $"{person.Name}结束事件：{note}");
        audit.Record("event.closed", "event", eventId.ToString(), new { number = row.Number });
        return new CloseEventOutcome.Closed();
    }
}
