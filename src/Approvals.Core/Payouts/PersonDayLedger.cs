using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts;

/// <summary>The ledger of paid person-days (人日台账): one day of one person is paid once, whatever case claims it. Scoped.</summary>
public sealed class PersonDayLedger(ApprovalsDbContext db)
{
    /// <summary>A day that is taken.</summary>
    /// <param name="Date">The day.</param>
    /// <param name="Share">0.5 or 1.</param>
    /// <param name="EntitlementNumber">应付编号.</param>
    /// <param name="CaseNumber">Number of the case that has it.</param>
    public sealed record TakenDay(DateOnly Date, decimal Share, string EntitlementNumber, string CaseNumber);

    /// <summary>The days of a payee that are taken in a span, for previews and explanations; oldest first.</summary>
    /// <param name="identityNumber">Identity number.</param>
    /// <param name="first">First day.</param>
    /// <param name="last">Last day.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<TakenDay>> TakenAsync(
        string identityNumber, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var number = IdentityCode.Normalise(identityNumber);
        var rows = await (
                from day in db.PersonDays
                join payee in db.Payees on day.PayeeId equals payee.Id
                join entitlement in db.Entitlements on day.EntitlementId equals entitlement.Id
                where payee.IdentityNumber == number && day.ReleasedById == null && day.Date >= first && day.Date <= last
                select new { day.Date, entitlement.Number, entitlement.CaseNumber })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.GroupBy(row => row)
                .Select(group => new TakenDay(group.Key.Date, group.Count() / 2m, group.Key.Number, group.Key.CaseNumber))
                .OrderBy(day => day.Date),
        ];
    }

    /// <summary>Days that are claimed but not free, once the reversals have freed theirs.</summary>
    internal async Task<IReadOnlyList<GrantProblem>> ProblemsAsync(
        IReadOnlyList<EntitlementGrant> grants,
        IReadOnlyList<(EntitlementReversal Request, Entitlement Original)> reversals,
        IReadOnlyDictionary<string, Payee> payees,
        CancellationToken cancellationToken)
    {
        var freed = reversals.Select(one => one.Original.Id).ToHashSet();
        var problems = new List<GrantProblem>();
        var mine = new Dictionary<(string Payee, DateOnly Date), decimal>();
        var taken = await TakenAsync(grants, payees, cancellationToken);
        foreach (var grant in grants)
        {
            var number = IdentityCode.Normalise(grant.Payee.IdentityNumber);
            foreach (var day in grant.Days)
            {
                var others = (payees.GetValueOrDefault(number) is { } payee ? taken[(payee.Id, day.Date)] : [])
                    .Where(one => !freed.Contains(one.EntitlementId)).ToList();
                var before = mine.GetValueOrDefault((number, day.Date));
                mine[(number, day.Date)] = before + day.Share;
                if (others.Count / 2m + before + day.Share <= 1)
                    continue;
                problems.Add(new GrantProblem(grant.Key, others.Count > 0
                    ? $"{grant.Payee.Name}：{GrantRules.Text(day.Date)} 已由业务件 {others[0].CaseNumber}（{others[0].Number}）计发，同一天不能重复计发"
                    : $"{grant.Payee.Name}：{GrantRules.Text(day.Date)} 在本次申请中重复填报，一天最多计 1 天"));
            }
        }

        return problems;
    }

    /// <summary>Takes the days of new entitlements; a half day takes the half that is free.</summary>
    internal async Task TakeAsync(
        IReadOnlyList<(Entitlement Entitlement, IReadOnlyList<ClaimedDay> Days)> claims, CancellationToken cancellationToken)
    {
        var taken = await HalvesAsync([.. claims.Where(one => one.Days.Count > 0).Select(one => one.Entitlement.PayeeId).Distinct()],
            [.. claims.SelectMany(one => one.Days).Select(day => day.Date).Distinct()], cancellationToken);
        var rows = new List<PersonDay>();
        foreach (var (entitlement, days) in claims)
        {
            foreach (var day in days)
            {
                foreach (var half in Free(taken, entitlement.PayeeId, day))
                {
                    taken.Add((entitlement.PayeeId, day.Date, half));
                    rows.Add(new PersonDay
                    {
                        PayeeId = entitlement.PayeeId, Date = day.Date, Half = half, EntitlementId = entitlement.Id,
                    });
                }
            }
        }

        // Race closed by the unique index: were the ledger's lock ever lost, the second of two claims fails here and rolls back.
        await RowInsert.AllAsync(db, rows, cancellationToken);
    }

    /// <summary>Frees the days of a reversed entitlement.</summary>
    internal Task ReleaseAsync(Guid entitlementId, Guid reversalId, CancellationToken cancellationToken) =>
        db.PersonDays.Where(row => row.EntitlementId == entitlementId && row.ReleasedById == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReleasedById, reversalId), cancellationToken);

    private static IEnumerable<int> Free(HashSet<(Guid, DateOnly, int)> taken, Guid payee, ClaimedDay day) =>
        day.Share == 1m ? [1, 2] : [taken.Contains((payee, day.Date, 1)) ? 2 : 1];

    private async Task<HashSet<(Guid, DateOnly, int)>> HalvesAsync(
        Guid[] payees, DateOnly[] dates, CancellationToken cancellationToken)
    {
        var found = new HashSet<(Guid, DateOnly, int)>();
        if (dates.Length == 0)
            return found;
        var (first, last) = (dates.Min(), dates.Max());
        foreach (var some in payees.Chunk(500))
        {
            var rows = await db.PersonDays.AsNoTracking()
                .Where(row => some.Contains(row.PayeeId) && row.ReleasedById == null && row.Date >= first && row.Date <= last)
                .ToListAsync(cancellationToken);
            found.UnionWith(rows.Select(row => (row.PayeeId, row.Date, row.Half)));
        }

        return found;
    }

    private async Task<ILookup<(Guid, DateOnly), (Guid EntitlementId, string Number, string CaseNumber)>> TakenAsync(
        IReadOnlyList<EntitlementGrant> grants, IReadOnlyDictionary<string, Payee> payees, CancellationToken cancellationToken)
    {
        var dates = grants.SelectMany(one => one.Days).Select(day => day.Date).Distinct().Order().ToArray();
        var rows = new List<(Guid, DateOnly, Guid, string, string)>();
        var (first, last) = (dates.FirstOrDefault(), dates.LastOrDefault());
        foreach (var some in dates.Length == 0 ? [] : payees.Values.Select(one => one.Id).Chunk(500))
        {
            var found = await (
                    from day in db.PersonDays
                    join entitlement in db.Entitlements on day.EntitlementId equals entitlement.Id
                    where some.Contains(day.PayeeId) && day.ReleasedById == null && day.Date >= first && day.Date <= last
                    select new { day.PayeeId, day.Date, entitlement.Id, entitlement.Number, entitlement.CaseNumber })
                .ToListAsync(cancellationToken);
            rows.AddRange(found.Select(row => (row.PayeeId, row.Date, row.Id, row.Number, row.CaseNumber)));
        }

        return rows.ToLookup(row => (row.Item1, row.Item2), row => (row.Item3, row.Item4, row.Item5));
    }
}
