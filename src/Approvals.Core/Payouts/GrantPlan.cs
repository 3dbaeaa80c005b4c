namespace Approvals.Core.Payouts;

/// <summary>What <see cref="GrantChecks"/> found: either problems, or what is new in a request and what is known already.</summary>
/// <param name="CaseNumber">Number of the approving case.</param>
/// <param name="Problems">Why it cannot be granted; empty when it can.</param>
/// <param name="Known">Granted before, by key.</param>
/// <param name="NewReversals">Reversals to make, with what they reverse.</param>
/// <param name="NewGrants">Grants to make.</param>
public sealed record GrantPlan(
    string CaseNumber,
    IReadOnlyList<GrantProblem> Problems,
    IReadOnlyDictionary<string, Entitlement> Known,
    IReadOnlyList<(EntitlementReversal Request, Entitlement Original)> NewReversals,
    IReadOnlyList<EntitlementGrant> NewGrants);
