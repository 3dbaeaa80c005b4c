using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts;

/// <summary>Judges a request against what is granted already. Reads only. Scoped.</summary>
public sealed class GrantChecks(ApprovalsDbContext db, PersonDayLedger ledger, FourEyes fourEyes, TimeProvider time)
{
    /// <summary>Problems of the request, and what in it is new.</summary>
    public async Task<GrantPlan> CheckAsync(GrantRequest request, CancellationToken cancellationToken)
    {
        var number = await db.Cases.Where(row => row.Id == request.CaseId).Select(row => row.Number)
            .SingleOrDefaultAsync(cancellationToken);
        var known = await KnownAsync(request, cancellationToken);
        var grants = request.Grants.Where(one => !known.ContainsKey(one.Key)).ToList();
        var problems = new List<GrantProblem>();
        if (string.IsNullOrEmpty(number))
            problems.Add(new GrantProblem(null, "业务件还没有编号，不能登记应付"));
        problems.AddRange(DoubleKeys(request));
        var reversals = await ReversalsAsync(request, known, problems, cancellationToken);
        var today = time.Today();
        foreach (var grant in grants)
            problems.AddRange(GrantRules.ProblemsOf(grant, today).Select(text => new GrantProblem(grant.Key, text)));
        var payees = await PayeesAsync(request.Grants, cancellationToken);
        problems.AddRange(OtherNames(grants, payees));
        problems.AddRange(OtherContent(request.Grants, known, payees));
        problems.AddRange(await fourEyes.ProblemsAsync(request, grants, reversals, payees, cancellationToken));
        problems.AddRange(await ledger.ProblemsAsync(grants, reversals, payees, cancellationToken));
        return new GrantPlan(number ?? "", problems, known, reversals, grants);
    }

    private async Task<Dictionary<string, Entitlement>> KnownAsync(GrantRequest request, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Entitlement>(StringComparer.Ordinal);
        foreach (var keys in request.Grants.Select(one => one.Key).Concat(request.Reversals.Select(one => one.Key)).Chunk(500))
        {
            foreach (var row in await db.Entitlements.AsNoTracking().Where(row => keys.Contains(row.Key)).ToListAsync(cancellationToken))
                found[row.Key] = row;
        }

        return found;
    }

    private async Task<Dictionary<string, Payee>> PayeesAsync(
        IReadOnlyList<EntitlementGrant> grants, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Payee>(StringComparer.Ordinal);
        foreach (var numbers in grants.Select(one => IdentityCode.Normalise(one.Payee.IdentityNumber)).Distinct().Chunk(500))
        {
            var rows = await db.Payees.AsNoTracking().Where(row => numbers.Contains(row.IdentityNumber)).ToListAsync(cancellationToken);
            foreach (var row in rows)
                found[row.IdentityNumber] = row;
        }

        return found;
    }

    private async Task<List<(EntitlementReversal Request, Entitlement Original)>> ReversalsAsync(
        GrantRequest request, Dictionary<string, Entitlement> known, List<GrantProblem> problems, CancellationToken cancellationToken)
    {
        var found = new List<(EntitlementReversal, Entitlement)>();
        foreach (var reversal in request.Reversals.Where(one => !known.ContainsKey(one.Key)))
        {
            var original = await db.Entitlements.AsNoTracking().FirstOrDefaultAsync(
                row => row.Id == reversal.EntitlementId, cancellationToken);
            var other = await db.Entitlements.AsNoTracking().Where(row => row.ReversesId == reversal.EntitlementId)
                .Select(row => row.Number).FirstOrDefaultAsync(cancellationToken);
            var problem = original is null ? "要冲销的应付不存在"
                : original.ReversesId is not null ? $"{original.Number} 本身是冲销，不能再冲销"
                : other is not null ? $"{original.Number} 已由 {other} 冲销，不能再次冲销"
                : string.IsNullOrWhiteSpace(reversal.Reason) ? $"冲销 {original.Number} 须写明原因"
                : found.Any(one => one.Item2.Id == original.Id) ? $"{original.Number} 在本次申请中重复冲销"
                : null;
            if (problem is null)
                found.Add((reversal, original!));
            else
                problems.Add(new GrantProblem(reversal.Key, problem));
        }

        return found;
    }

    private static IEnumerable<GrantProblem> DoubleKeys(GrantRequest request) =>
        request.Grants.Select(one => one.Key).Concat(request.Reversals.Select(one => one.Key))
            .GroupBy(key => key, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => new GrantProblem(group.Key, "同一笔应付在本次申请中出现两次"));

    /// <summary>An identity number with another name is a typing error or worse; either way no money goes out on it.</summary>
    private static IEnumerable<GrantProblem> OtherNames(List<EntitlementGrant> grants, Dictionary<string, Payee> payees)
    {
        foreach (var group in grants.GroupBy(one => IdentityCode.Normalise(one.Payee.IdentityNumber)))
        {
            var name = payees.GetValueOrDefault(group.Key)?.Name ?? group.First().Payee.Name.Trim();
            foreach (var grant in group.Where(one => one.Payee.Name.Trim() != name))
            {
                yield return new GrantProblem(
                    grant.Key, $"{grant.Payee.Name}：该证件号码已登记在“{name}”名下，请核对姓名和号码");
            }
        }
    }

    private static IEnumerable<GrantProblem> OtherContent(
        IReadOnlyList<EntitlementGrant> grants, Dictionary<string, Entitlement> known, Dictionary<string, Payee> payees)
    {
        foreach (var grant in grants)
        {
            if (known.TryGetValue(grant.Key, out var old)
                && (old.Amount != grant.Amount
                    || payees.GetValueOrDefault(IdentityCode.Normalise(grant.Payee.IdentityNumber))?.Id != old.PayeeId))
            {
                yield return new GrantProblem(
                    grant.Key, $"{grant.Payee.Name}：该笔已登记为 {old.Number}，金额或收款人不同，更正须先冲销");
            }
        }
    }
}
