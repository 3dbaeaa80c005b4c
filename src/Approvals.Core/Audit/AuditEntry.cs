namespace Approvals.Core.Audit;

/// <summary>One link of the audit chain (审计链), append-only. Each holds the hash of the one before.</summary>
public sealed class AuditEntry
{
    /// <summary>1, 2, 3 … without gaps; primary key.</summary>
    public long Sequence { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who; null for the system.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>What, e.g. <c>task.decided</c>, <c>account.signed-in</c>, <c>definition.published</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Kind of thing, e.g. <c>case</c>.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>Id of the thing.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Details as canonical JSON; ids and hashes, no personal data.</summary>
    public required string Details { get; init; }

    /// <summary>Hash of the entry before; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 over all of the above, lower-case hex.</summary>
    public required string Hash { get; init; }
}

/// <summary>The chain's head, one row: its guarded update is the lock that keeps the chain linear.</summary>
public sealed class AuditHead
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;

    /// <summary>Sequence of the newest entry.</summary>
    public long Sequence { get; set; }

    /// <summary>Hash of the newest entry.</summary>
    public required string Hash { get; set; }
}
