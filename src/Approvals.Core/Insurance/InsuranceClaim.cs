namespace Approvals.Core.Insurance;

/// <summary>Where a claim stands.</summary>
public enum InsuranceClaimState
{
    /// <summary>已报案，待核定.</summary>
    Open,

    /// <summary>保险公司已核定，待赔付.</summary>
    Decided,

    /// <summary>已赔付.</summary>
    Paid,

    /// <summary>拒赔.</summary>
    Refused,
}

/// <summary>A claim against a policy (保险理赔): what happened, what was asked for, what the insurer decided and paid.</summary>
public sealed class InsuranceClaim
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>BXLP-2026-0001.</summary>
    public required string Number { get; init; }

    /// <summary>Policy.</summary>
    public Guid PolicyId { get; init; }

    /// <summary>Insured commander.</summary>
    public Guid CommanderId { get; init; }

    /// <summary>Mission it happened on; null for none.</summary>
    public Guid? MissionId { get; init; }

    /// <summary>Day of the accident, within the policy's period.</summary>
    public DateOnly AccidentOn { get; init; }

    /// <summary>How it happened, and the injury.</summary>
    public required string Injury { get; init; }

    /// <summary>Yuan asked for.</summary>
    public decimal ClaimedSum { get; init; }

    /// <summary>Where it stands.</summary>
    public InsuranceClaimState State { get; set; }

    /// <summary>The insurer's decision in words.</summary>
    public string? Decision { get; set; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; set; }

    /// <summary>Yuan the insurer will pay; null when refused or not decided.</summary>
    public decimal? DecidedSum { get; set; }

    /// <summary>Yuan that were paid.</summary>
    public decimal? PaidSum { get; set; }

    /// <summary>Day of the payment.</summary>
    public DateOnly? PaidOn { get; set; }

    /// <summary>Who recorded it.</summary>
    public Guid RecordedById { get; init; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>Raised by every change.</summary>
    public int RowVersion { get; set; }
}

/// <summary>A document of a claim (理赔材料).</summary>
public sealed class InsuranceClaimFile
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Claim.</summary>
    public Guid ClaimId { get; init; }

    /// <summary>Stored file.</summary>
    public Guid FileId { get; init; }

    /// <summary>Name as it was given; shown, never trusted.</summary>
    public required string FileName { get; init; }

    /// <summary>Who gave it.</summary>
    public Guid GivenById { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset GivenAt { get; init; }
}
