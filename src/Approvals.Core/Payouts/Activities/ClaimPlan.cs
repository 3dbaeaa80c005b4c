namespace Approvals.Core.Payouts.Activities;

/// <summary>What all entitlements of a step have in common.</summary>
/// <param name="CaseId">Case.</param>
/// <param name="ActivityId">Step.</param>
/// <param name="Kind">What for.</param>
/// <param name="Programme">Programme code.</param>
/// <param name="ProgrammeName">As printed.</param>
/// <param name="Period">2026-11 or 2026.</param>
/// <param name="PayeeKind">Persons or units.</param>
/// <param name="Basis">Documents.</param>
public sealed record ClaimPlan(
    Guid CaseId, string ActivityId, EntitlementKind Kind, string Programme, string ProgrammeName, string Period, PayeeKind PayeeKind,
    IReadOnlyList<BasisReference> Basis)
{
    /// <summary>
    /// The grants. Their keys are those of case, step and payee: a step that runs again, after a return for instance, finds what it has
    /// granted, and another amount is refused instead of being paid on top.
    /// </summary>
    /// <param name="lines">Who gets how much.</param>
    /// <param name="people">Identity number → person, where the system knows one.</param>
    public IReadOnlyList<EntitlementGrant> Grants(IReadOnlyList<ClaimLine> lines, IReadOnlyDictionary<string, Guid> people)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. lines.Select(line =>
            {
                var nth = seen[line.IdentityNumber] = seen.GetValueOrDefault(line.IdentityNumber) + 1;
                return new EntitlementGrant
                {
                    Key = $"step:{CaseId:N}:{ActivityId}:{line.IdentityNumber}:{nth}",
                    Kind = Kind,
                    Programme = Programme,
                    ProgrammeName = ProgrammeName,
                    Period = Period,
                    Payee = new PayeeReference(
                        PayeeKind, line.Name, line.IdentityNumber,
                        people.TryGetValue(line.IdentityNumber, out var person) ? person : null),
                    Amount = line.Amount,
                    Working = [new WorkingLine(ProgrammeName, null, null, null, line.Amount)],
                    Basis = Basis,
                };
            }),
        ];
    }
}
