namespace Approvals.Core.Compensation;

/// <summary>
/// An invoice (发票) that a claim for compensation holds. A unique index over the key among rows that are not released makes it
/// impossible to claim one invoice twice, whatever case asks for it; a claim that ended without approval releases its rows when another
/// claim names the same invoice.
/// </summary>
public sealed class CompensationInvoice
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The claiming case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Code and number without blanks (<see cref="InvoiceLine.Key"/>), e.g. <c>5000201130/12345678</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Amount claimed with it, in yuan.</summary>
    public decimal Amount { get; init; }

    /// <summary>When the claim took it.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>When it became free again; null while the claim holds it.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }
}
