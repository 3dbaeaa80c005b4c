using Microsoft.Extensions.Logging;

namespace Approvals.Core.Timers;

/// <summary>What a committed transaction left to be done.</summary>
/// <param name="Messages">Outbox messages due at once.</param>
/// <param name="Timers">Timers and when they are due.</param>
/// <param name="AuditSequence">Newest audit entry written; null when none was.</param>
/// <param name="AuditHash">Its hash.</param>
public sealed record Rings(
    IReadOnlyList<Guid> Messages, IReadOnlyList<(Guid Id, DateTimeOffset DueAt)> Timers, long? AuditSequence, string? AuditHash);

/// <summary>Tells the background server that something is due. Losing a ring loses nothing: the sweep finds the rows.</summary>
public interface IBellRinger
{
    /// <summary>Work on this outbox message now.</summary>
    void RingMessage(Guid id);

    /// <summary>Fire this timer at its time.</summary>
    void RingTimer(Guid id, DateTimeOffset dueAt);
}

/// <summary>Rings after a commit. Without a ringer (command line) the rows wait for the next sweep.</summary>
public sealed class Bell(IEnumerable<IBellRinger> ringers, TimeProvider time, ILogger<Bell> log)
{
    /// <summary>Timers due later than this are left to the sweep, which looks every minute.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(1);

    /// <summary>Rings for every message and for the timers due within the hour.</summary>
    public void Ring(Rings rings)
    {
        var soon = time.GetUtcNow() + Horizon;
        foreach (var ringer in ringers)
        {
            try
            {
                foreach (var id in rings.Messages)
                {
                    ringer.RingMessage(id);
                }

                foreach (var (id, dueAt) in rings.Timers.Where(timer => timer.DueAt <= soon))
                {
                    ringer.RingTimer(id, dueAt);
                }
            }
            catch (Exception exception)
            {
                // The use case has committed and must not look failed because the bell is broken; the sweep will find the rows.
                log.LogError(exception, "The bell could not be rung; {Count} rows wait for the sweep",
                    rings.Messages.Count + rings.Timers.Count);
            }
        }
    }
}
