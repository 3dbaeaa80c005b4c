namespace Approvals.Core.Payouts;

/// <summary>Whom an entitlement is for, as the case names them.</summary>
/// <param name="Kind">Person or unit.</param>
/// <param name="Name">Name as the bank knows it.</param>
/// <param name="IdentityNumber">Identity number of a person, unified social credit code of a unit; blanks and case do not matter.</param>
/// <param name="PersonId">The person, when the system knows one.</param>
/// <param name="OrgUnitId">The unit, when the system knows one.</param>
public sealed record PayeeReference(
    PayeeKind Kind, string Name, string IdentityNumber, Guid? PersonId = null, Guid? OrgUnitId = null);

/// <summary>A day claimed for a person.</summary>
/// <param name="Date">The day.</param>
/// <param name="Share">1 or 0.5 (半天).</param>
public sealed record ClaimedDay(DateOnly Date, decimal Share);

/// <summary>Who asked for the money and who approved it (申请人、审批人); must differ. See <see cref="CaseApprovals"/>.</summary>
/// <param name="ClaimedById">Applicant or handler who put the claim in.</param>
/// <param name="ApprovedById">Who signed the approval.</param>
/// <param name="DecisionId">The signed decision; null when there is none in the system.</param>
public sealed record GrantApproval(Guid ClaimedById, Guid ApprovedById, Guid? DecisionId);

/// <summary>One entitlement to grant.</summary>
public sealed record EntitlementGrant
{
    /// <summary>
    /// Idempotency key of the source, at most 200 characters, e.g. <c>allowance:{case id}:{identity number's payee}:1</c>. Granting the
    /// same key again changes nothing; with another payee or amount it is refused.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What it is for.</summary>
    public required EntitlementKind Kind { get; init; }

    /// <summary>Programme code, at most 100 characters, e.g. <c>commander-allowance</c>.</summary>
    public required string Programme { get; init; }

    /// <summary>Programme name as printed, e.g. 技术指挥官现场工作补助.</summary>
    public required string ProgrammeName { get; init; }

    /// <summary>Period: <c>2026-11</c> or <c>2026</c>.</summary>
    public required string Period { get; init; }

    /// <summary>Who is paid.</summary>
    public required PayeeReference Payee { get; init; }

    /// <summary>Yuan, more than zero, two decimals at most.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Currency of the claim; anything but <c>CNY</c> is refused.</summary>
    public string Currency { get; init; } = "CNY";

    /// <summary>How the amount came about; at least one line, and the lines add up to <see cref="Amount"/>.</summary>
    public required IReadOnlyList<WorkingLine> Working { get; init; }

    /// <summary>Documents it rests on.</summary>
    public IReadOnlyList<BasisReference> Basis { get; init; } = [];

    /// <summary>Days of the person it pays; empty when it is not paid by the day.</summary>
    public IReadOnlyList<ClaimedDay> Days { get; init; } = [];
}

/// <summary>One entitlement to reverse (冲销): an equal negative amount is granted and its days are free again.</summary>
/// <param name="Key">Idempotency key, as for <see cref="EntitlementGrant"/>.</param>
/// <param name="EntitlementId">What is reversed, in full.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record EntitlementReversal(string Key, Guid EntitlementId, string Reason);

/// <summary>Entitlements of one case, granted together or not at all. Reversals come first, so that their days can be claimed anew.</summary>
/// <param name="CaseId">The approving case.</param>
/// <param name="Approval">Who claimed and who approved.</param>
/// <param name="Grants">What to grant.</param>
/// <param name="Reversals">What to reverse.</param>
public sealed record GrantRequest(
    Guid CaseId, GrantApproval Approval, IReadOnlyList<EntitlementGrant> Grants, IReadOnlyList<EntitlementReversal> Reversals)
{
    /// <summary>A request without reversals.</summary>
    public GrantRequest(Guid caseId, GrantApproval approval, IReadOnlyList<EntitlementGrant> grants)
        : this(caseId, approval, grants, [])
    {
    }
}

/// <summary>Why something cannot be granted.</summary>
/// <param name="Key">Key of the grant or reversal; null when it is about the request as a whole.</param>
/// <param name="Message">Plain Chinese for the line.</param>
public sealed record GrantProblem(string? Key, string Message);

/// <summary>What came of a request.</summary>
public abstract record GrantOutcome
{
    /// <summary>Granted, in the order of the request, reversals first; those granted before under the same key are among them.</summary>
    public sealed record Granted(IReadOnlyList<Entitlement> Entitlements) : GrantOutcome;

    /// <summary>Refused; nothing was added.</summary>
    public sealed record Refused(IReadOnlyList<GrantProblem> Problems) : GrantOutcome
    {
        /// <summary>The messages in one text, for an incident or a form error.</summary>
        public string Text => string.Join("；", Problems.Select(one => one.Message));
    }
}
