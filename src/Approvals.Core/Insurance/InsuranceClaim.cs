namespace Approvals.Core.Insurance;

/// <summary>Where a claim against an insurer stands.</summary>
public enum InsuranceClaimStatus
{
    /// <summary>已报案.</summary>
    Reported,

    /// <summary>已提交材料.</summary>
    Submitted,

    /// <summary>已赔付.</summary>
    Settled,

    /// <summary>不予赔付.</summary>
    Declined,

    /// <summary>已撤销.</summary>
    Withdrawn,
}

/// <summary>A claim under a policy (理赔). Where it stands is said by its newest entry.</summary>
public sealed class InsuranceClaim
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>理赔编号, gapless per year.</summary>
    public required string Number { get; init; }

    /// <summary>Policy claimed under.</summary>
    public Guid PolicyId { get; init; }

    /// <summary>The insured.</summary>
    public Guid CommanderId { get; init; }

    /// <summary>Mission in which it happened; null when in none.</summary>
    public Guid? MissionId { get; init; }

    /// <summary>Day of the accident; a day of the policy's cover.</summary>
    public DateOnly HappenedOn { get; init; }

    /// <summary>What happened; for the people of insurance only.</summary>
    public required string Description { get; init; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset RecordedAt { get; init; }
}

/// <summary>A step of a claim, append-only.</summary>
public sealed class InsuranceClaimEntry
{
    /// <summary>Version-7 UUID; orders the entries.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose.</summary>
    public Guid ClaimId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Where the claim stands from now on.</summary>
    public InsuranceClaimStatus Status { get; init; }

    /// <summary>Yuan claimed or paid; null when the step is about no amount.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Note.</summary>
    public string? Note { get; init; }

    /// <summary>Scan given with it.</summary>
    public Guid? FileId { get; init; }

    /// <summary>Who recorded it.</summary>
    public Guid ById { get; init; }

    /// <summary>Name of who recorded it.</summary>
    public required string ByName { get; init; }
}
