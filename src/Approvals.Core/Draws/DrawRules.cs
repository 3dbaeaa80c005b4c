namespace Approvals.Core.Draws;

/// <summary>Whom the case itself keeps out of its draws.</summary>
/// <param name="ApplicantId">Applicant.</param>
/// <param name="StarterId">Who started it.</param>
/// <param name="UnitName">The applicant's unit; null for none.</param>
/// <param name="Recused">Ids or names that declared an interest or are otherwise to keep out.</param>
public sealed record DrawParties(Guid ApplicantId, Guid StarterId, string? UnitName, IReadOnlyList<string> Recused);

/// <summary>Who is in the urn, and with which chances (抽取规则), E§11.6, E§17.2. Pure.</summary>
public static class DrawRules
{
    /// <summary>Weight of somebody who was not drawn lately; it is shared by one more for each time they were.</summary>
    public const int FullWeight = 12;

    /// <summary>Why somebody is kept out who was drawn before and stays.</summary>
    public const string Stays = "此前已抽中，继续有效";

    /// <summary>Chances by rotation (轮换): 12 when never drawn in the period, then 6, 4, 3, 2, 2, 1 …, never nothing.</summary>
    /// <param name="drawnBefore">How often drawn in the period.</param>
    public static int WeightOf(int drawnBefore) => Math.Max(1, FullWeight / (1 + drawnBefore));

    /// <summary>Judges everybody the source offers.</summary>
    /// <param name="offers">Of the source.</param>
    /// <param name="parties">Of the case.</param>
    /// <param name="drawnBefore">How often each was drawn in the rotation period; null when all chances are equal.</param>
    /// <param name="kept">Ids that stay from the former draw; any of the person's.</param>
    /// <param name="refused">Ids that refused in this case; any of the person's.</param>
    /// <returns>By id.</returns>
    public static IReadOnlyList<DrawSubject> Judge(
        IEnumerable<DrawOffer> offers, DrawParties parties, IReadOnlyDictionary<string, int>? drawnBefore,
        IReadOnlySet<string> kept, IReadOnlySet<string> refused) =>
    [
        .. offers.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => new DrawSubject(
            one.Id, one.Name, one.Unit,
            drawnBefore is null ? 1 : WeightOf(one.Ids.Sum(id => drawnBefore.GetValueOrDefault(id))),
            one.Ids.Any(kept.Contains) ? Stays
                : one.Ids.Any(refused.Contains) ? "本次业务中已拒绝"
                : one.Excluded ?? RecusalOf(one, parties))),
    ];

    private static string? RecusalOf(DrawOffer one, DrawParties parties) =>
        one.Others.Select(other => other.PersonId).Prepend(one.PersonId)
            .Any(person => person is not null && (person == parties.ApplicantId || person == parties.StarterId)) ? "回避：业务件当事人"
        : parties.UnitName is { Length: > 0 } unit
            && one.Others.Select(other => other.Unit).Prepend(one.Unit).Any(theirs => theirs?.Trim() == unit.Trim()) ? "回避：与业务件同一单位"
        : one.Ids.Any(parties.Recused.Contains) || parties.Recused.Contains(one.Name) ? "回避：业务件列明回避"
        : null;
}
