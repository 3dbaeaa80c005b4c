namespace Approvals.Core.Compensation;

/// <summary>An invoice that a compensation claim rests on (补偿票据): no invoice is claimed for twice, whatever case it stands in.</summary>
public sealed class CompensationInvoice
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The claim.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Number as printed, normalised; unique among invoices that are not released.</summary>
    public required string Number { get; init; }

    /// <summary>Yuan claimed.</summary>
    public decimal Amount { get; init; }

    /// <summary>When it was taken.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>Set when the claim was refused or withdrawn, or no longer names it: it may be claimed for again.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }
}
