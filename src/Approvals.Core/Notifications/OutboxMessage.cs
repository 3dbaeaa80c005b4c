namespace Approvals.Core.Notifications;

/// <summary>
/// An effect outside the database (mail, webhook, PDF) that was committed with the decision and is carried out afterwards, at least
/// once, idempotent by <see cref="Key"/>.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Idempotency key; unique. A second message with the same key is not stored.</summary>
    public required string Key { get; init; }

    /// <summary><c>mail</c>, <c>webhook</c>, <c>render-document</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What to do, as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>When it was committed.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>A worker holds it until then; the guarded update on it closes the race of two workers.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Last error, without personal data.</summary>
    public string? LastError { get; set; }

    /// <summary>When it succeeded; null while open.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>When it was given up after the last try; an administrator may ring it again.</summary>
    public DateTimeOffset? FailedAt { get; set; }
}

/// <summary>A notification in the app (站内消息).</summary>
public sealed class Notification
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>To whom.</summary>
    public Guid PersonId { get; init; }

    /// <summary>One sentence.</summary>
    public required string Text { get; init; }

    /// <summary>Where it leads: a path of ours.</summary>
    public string? Link { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it was read.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}
