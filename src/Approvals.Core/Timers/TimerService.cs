using System.Text.Json;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Timers;

/// <summary>Schedules and cancels timers within the running <see cref="UnitOfWork"/>. Scoped.</summary>
public sealed class TimerService(ApprovalsDbContext db, TimerRows rows, LateRows late, TimeProvider time)
{
    private readonly List<TimerRow> pending = [];
    private readonly HashSet<string> fresh = [];

    /// <summary>
    /// Schedules a timer. A timer whose key already exists (waiting, fired or cancelled) is not scheduled again, so a retried step may
    /// simply repeat the call. A due time in the past fires at once.
    /// </summary>
    /// <param name="key">Idempotency key, at most 200 characters.</param>
    /// <param name="kind">Which <see cref="ITimerHandler"/> fires it.</param>
    /// <param name="payload">Details for the handler, stored as JSON; ids only, no personal data.</param>
    /// <param name="dueAt">When; stored in UTC.</param>
    /// <param name="instanceId">Instance it is cancelled with.</param>
    /// <param name="bookmarkId">Bookmark it is cancelled with.</param>
    /// <param name="isNew">The key holds an id that was made just now, so it cannot be stored already and is not looked for.</param>
    public void Schedule(
        string key, string kind, object payload, DateTimeOffset dueAt, Guid? instanceId = null, Guid? bookmarkId = null,
        bool isNew = false)
    {
        if (pending.Any(row => row.Key == key))
        {
            return;
        }

        if (isNew)
        {
            fresh.Add(key);
        }

        pending.Add(new TimerRow
        {
            Key = key,
            Kind = kind,
            Payload = JsonSerializer.Serialize(payload, JsonSerializerOptions.Web),
            DueAt = dueAt.ToUniversalTime(),
            InstanceId = instanceId,
            BookmarkId = bookmarkId,
        });
    }

    /// <summary>Cancels every waiting timer of a bookmark.</summary>
    /// <returns>How many were cancelled.</returns>
    public async Task<int> CancelForBookmarkAsync(Guid bookmarkId, CancellationToken cancellationToken) =>
        pending.RemoveAll(row => row.BookmarkId == bookmarkId)
        + await rows.CancelForBookmarkAsync(db, bookmarkId, time.GetUtcNow(), cancellationToken);

    /// <summary>Whether this unit of work has scheduled a timer for the bookmark that is not stored yet.</summary>
    public bool IsPendingFor(Guid bookmarkId) => pending.Exists(row => row.BookmarkId == bookmarkId);

    /// <summary>Cancels the waiting timer with this key.</summary>
    /// <returns>1, or 0 when none waits.</returns>
    public async Task<int> CancelByKeyAsync(string key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dropped = pending.RemoveAll(row => row.Key == key);

        // The guard closes the race with a ring that is firing the timer right now: whoever updates the row first wins.
        return dropped + await db.Timers
            .Where(row => row.Key == key && row.FiredAt == null && row.CancelledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelledAt, now), cancellationToken);
    }

    /// <summary>Adds the buffered timers whose key is new to the late rows.</summary>
    internal async Task<IReadOnlyList<(Guid Id, DateTimeOffset DueAt)>> FlushAsync(CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
        {
            return [];
        }

        var keys = pending.Select(row => row.Key).Where(key => !fresh.Contains(key)).ToList();
        var known = keys.Count == 0
            ? []
            : await db.Timers.Where(row => keys.Contains(row.Key)).Select(row => row.Key).ToListAsync(cancellationToken);
        var added = pending.Where(row => !known.Contains(row.Key)).ToList();
        added.ForEach(late.Add);
        Clear();
        return added.ConvertAll(row => (row.Id, row.DueAt));
    }

    internal void Clear()
    {
        pending.Clear();
        fresh.Clear();
    }
}
