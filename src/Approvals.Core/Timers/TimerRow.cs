namespace Approvals.Core.Timers;

/// <summary>
/// Something due at an instant (定时). The row is the truth and Hangfire the bell: whoever rings, the guarded update that sets
/// <see cref="FiredAt"/> lets exactly one ring through.
/// </summary>
public sealed class TimerRow
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Idempotency key; unique, e.g. <c>bookmark:ID</c>, <c>term-reminder:ID:90</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Name of the handler: <c>bookmark</c>, <c>task-reminder</c>, <c>term-reminder</c> …</summary>
    public required string Kind { get; init; }

    /// <summary>Details for the handler as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>When it is due.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Instance it belongs to; cancelled with it.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>Bookmark it resumes.</summary>
    public Guid? BookmarkId { get; init; }

    /// <summary>When it fired; null while waiting.</summary>
    public DateTimeOffset? FiredAt { get; set; }

    /// <summary>When it was cancelled.</summary>
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>After a failed try: not before; null otherwise.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>Failed tries so far; a handler that faults leaves the row waiting.</summary>
    public int Attempts { get; set; }

    /// <summary>Last error, without personal data.</summary>
    public string? LastError { get; set; }
}
