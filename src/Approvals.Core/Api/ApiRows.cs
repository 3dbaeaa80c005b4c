namespace Approvals.Core.Api;

/// <summary>A token with which another office system acts as a person (接口令牌). Only its hash is stored.</summary>
public sealed class ApiToken
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The person it acts as; its rights are theirs.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Which system uses it.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token, lower-case hex; unique.</summary>
    public required string TokenHash { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>The answer given to a request with an Idempotency-Key, given again to its repetition.</summary>
public sealed class IdempotencyRecord
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Who asked.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The key; unique per person.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body: the same key with another request is refused.</summary>
    public required string RequestHash { get; init; }

    /// <summary>Status code of the answer.</summary>
    public int Status { get; set; }

    /// <summary>Body of the answer.</summary>
    public string? Body { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}
