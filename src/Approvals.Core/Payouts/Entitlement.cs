namespace Approvals.Core.Payouts;

/// <summary>What an entitlement is for.</summary>
public enum EntitlementKind
{
    /// <summary>工作补助, T§20.</summary>
    Allowance,

    /// <summary>保险费, T§20.</summary>
    InsurancePremium,

    /// <summary>应急救援补偿, W四(一), N二(六).</summary>
    Compensation,

    /// <summary>专家劳务报酬, E§13–14.</summary>
    ExpertFee,
}

/// <summary>
/// An approved sum that somebody is to be paid (应付). Never edited: a correction is a second entitlement over the negative amount
/// (冲销) and a third with the right one. Where it stands follows from its packet line (<see cref="EntitlementStatus"/>).
/// </summary>
public sealed class Entitlement
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>应付编号, gapless per year, e.g. YF-2026-000012.</summary>
    public required string Number { get; init; }

    /// <summary>Idempotency key of its source, unique: a repeated step grants nothing twice.</summary>
    public required string Key { get; init; }

    /// <summary>What it is for.</summary>
    public EntitlementKind Kind { get; init; }

    /// <summary>Code of the programme (项目), e.g. <c>commander-allowance</c>; packets are built by it.</summary>
    public required string Programme { get; init; }

    /// <summary>Chinese name of the programme, as printed.</summary>
    public required string ProgrammeName { get; init; }

    /// <summary>Period it belongs to: <c>2026-11</c> or <c>2026</c>.</summary>
    public required string Period { get; init; }

    /// <summary>The case that approved it.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Number of that case.</summary>
    public required string CaseNumber { get; init; }

    /// <summary>Who is paid.</summary>
    public Guid PayeeId { get; init; }

    /// <summary>Yuan, two decimals; negative only as a reversal.</summary>
    public decimal Amount { get; init; }

    /// <summary>How the amount came about: <see cref="WorkingLine"/>s as JSON.</summary>
    public required string Working { get; init; }

    /// <summary>Documents it rests on: <see cref="BasisReference"/>s as JSON.</summary>
    public required string Basis { get; init; }

    /// <summary>The entitlement it reverses; null for an ordinary one. Unique: nothing is reversed twice.</summary>
    public Guid? ReversesId { get; init; }

    /// <summary>Why it was reversed; null for an ordinary one.</summary>
    public string? Reason { get; init; }

    /// <summary>Who claimed it (applicant).</summary>
    public Guid ClaimedById { get; init; }

    /// <summary>Who approved it.</summary>
    public Guid ApprovedById { get; init; }

    /// <summary>The deciding signature.</summary>
    public Guid? DecisionId { get; init; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset ApprovedAt { get; init; }

    /// <summary>First packet line it went into; null until then, set once by a guarded update.</summary>
    public Guid? LineId { get; set; }
}

/// <summary>
/// Half a paid day of a person (人日). A day has two halves; a unique index over payee, day and half among rows that are not released
/// makes it impossible to pay more than one day, whatever case claims it. A reversal releases them.
/// </summary>
public sealed class PersonDay
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Who.</summary>
    public Guid PayeeId { get; init; }

    /// <summary>The day.</summary>
    public DateOnly Date { get; init; }

    /// <summary>1 or 2; a half day takes whichever is free.</summary>
    public int Half { get; init; }

    /// <summary>The entitlement that pays it.</summary>
    public Guid EntitlementId { get; init; }

    /// <summary>The reversal that freed it; null while it is taken.</summary>
    public Guid? ReleasedById { get; set; }
}
