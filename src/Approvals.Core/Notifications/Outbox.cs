using System.Text.Json;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Notifications;

/// <summary>Takes effects that happen after the commit of the running <see cref="UnitOfWork"/>. Scoped.</summary>
public sealed class Outbox(ApprovalsDbContext db, LateRows late, TimeProvider time)
{
    private readonly List<OutboxMessage> pending = [];
    private readonly HashSet<string> fresh = [];

    /// <summary>Enqueues an effect. A message whose key already exists is not stored again.</summary>
    /// <param name="key">Idempotency key, at most 200 characters.</param>
    /// <param name="kind">Which <see cref="IOutboxHandler"/> carries it out.</param>
    /// <param name="payload">What to do, stored as JSON; ids rather than personal data.</param>
    /// <param name="dueAt">Not before; null for at once.</param>
    /// <param name="isNew">The key holds an id that was made just now, so it cannot be stored already and is not looked for.</param>
    public void Enqueue(string key, string kind, object payload, DateTimeOffset? dueAt = null, bool isNew = false)
    {
        if (pending.Any(message => message.Key == key))
        {
            return;
        }

        if (isNew)
        {
            fresh.Add(key);
        }

        var now = time.GetUtcNow();
        pending.Add(new OutboxMessage
        {
            Key = key,
            Kind = kind,
            Payload = JsonSerializer.Serialize(payload, StoredJson.Full),
            CreatedAt = now,
            DueAt = dueAt?.ToUniversalTime() ?? now,
        });
    }

    /// <summary>Adds the buffered messages whose key is new to the late rows.</summary>
    /// <returns>Those due at once.</returns>
    internal async Task<IReadOnlyList<Guid>> FlushAsync(CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
        {
            return [];
        }

        var keys = pending.Select(message => message.Key).Where(key => !fresh.Contains(key)).ToList();
        var known = keys.Count == 0
            ? []
            : await db.Outbox.Where(row => keys.Contains(row.Key)).Select(row => row.Key).ToListAsync(cancellationToken);
        var added = pending.Where(message => !known.Contains(message.Key)).ToList();
        added.ForEach(late.Add);
        Clear();
        var now = time.GetUtcNow();
        return [.. added.Where(message => message.DueAt <= now).Select(message => message.Id)];
    }

    internal void Clear()
    {
        pending.Clear();
        fresh.Clear();
    }
}
