namespace Approvals.Core.Insurance;

/// <summary>Why somebody is on the roster (列入投保名单的原因).</summary>
public enum CoverGap
{
    /// <summary>No policy on the day (无有效保险).</summary>
    None,

    /// <summary>A policy on the day, of less than the required sum (低于规定额度), T§20.</summary>
    BelowSum,

    /// <summary>Sufficient cover that ends within the longest reminder (即将到期).</summary>
    Ending,
}

/// <summary>
/// A person on the roster of a purchase (投保名单), insured by it or left out with a reason. Within a purchase that runs, a person is
/// insured by that one only.
/// </summary>
public sealed class InsuranceMember
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Case of the purchase.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Who.</summary>
    public Guid CommanderId { get; init; }

    /// <summary>Name as the forms of the purchase show it; unique within it.</summary>
    public required string Name { get; init; }

    /// <summary>Why on the roster.</summary>
    public CoverGap Gap { get; init; }

    /// <summary>Last day of the cover there is; null for none.</summary>
    public DateOnly? CoveredUntil { get; init; }

    /// <summary>Why this purchase does not insure the person; null when it does.</summary>
    public string? LeftOutReason { get; set; }
}
