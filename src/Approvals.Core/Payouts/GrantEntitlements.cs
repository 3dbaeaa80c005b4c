using System.Globalization;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Data;

namespace Approvals.Core.Payouts;

/// <summary>
/// 登记应付 — turns an approved claim into entitlements. Works within the caller's unit of work (activities call it in the deciding
/// transaction): all of a request or nothing, and never commits by itself. Scoped.
/// </summary>
public sealed class GrantEntitlements(
    ApprovalsDbContext db, GrantChecks checks, Payees payees, PersonDayLedger ledger, Numbering numbering, AuditTrail audit,
    TimeProvider time)
{
    /// <summary>Series whose row is the lock of the ledger: grants and packets go one after another.</summary>
    internal const string LedgerLock = "payout-ledger";

    /// <summary>Grants and reverses. A key that was granted before is found, not granted again.</summary>
    /// <returns>The entitlements, or every problem, each at its line; refused, nothing was added.</returns>
    /// <exception cref="InvalidOperationException">Called outside a unit of work.</exception>
    public async Task<GrantOutcome> GrantAsync(GrantRequest request, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);

        // Race closed: two cases that claim one day at once. Grants go one after another until the commit, so the second sees the
        // first's days and is told which case has them; the unique index of the ledger stands behind.
        await numbering.NextAsync(LedgerLock, cancellationToken);
        var plan = await checks.CheckAsync(request, cancellationToken);
        if (plan.Problems.Count > 0)
        {
            return new GrantOutcome.Refused(plan.Problems);
        }

        var year = time.Today().Year;
        var fresh = plan.NewGrants.Count + plan.NewReversals.Count;
        var next = fresh == 0 ? 0 : await numbering.TakeAsync($"entitlement:{year}", fresh, cancellationToken) - fresh;
        var made = new Dictionary<string, Entitlement>(plan.Known, StringComparer.Ordinal);
        foreach (var (reversal, original) in plan.NewReversals)
        {
            made[reversal.Key] = Reversal(request, plan, reversal, original, NumberOf(year, ++next));
        }

        var receivers = await payees.EnsureAsync([.. plan.NewGrants.Select(one => one.Payee)], cancellationToken);
        foreach (var grant in plan.NewGrants)
        {
            made[grant.Key] = Ordinary(
                request, plan, grant, receivers[IdentityCode.Normalise(grant.Payee.IdentityNumber)], NumberOf(year, ++next));
        }

        db.Entitlements.AddRange(plan.NewReversals.Select(one => made[one.Request.Key]));
        db.Entitlements.AddRange(plan.NewGrants.Select(one => made[one.Key]));
        await db.SaveChangesAsync(cancellationToken);
        foreach (var (reversal, original) in plan.NewReversals)
        {
            await ledger.ReleaseAsync(original.Id, made[reversal.Key].Id, cancellationToken);
        }

        await ledger.TakeAsync([.. plan.NewGrants.Select(one => (made[one.Key], one.Days))], cancellationToken);
        if (fresh > 0)
        {
            Record(request, plan, made);
        }

        return new GrantOutcome.Granted(
            [.. request.Reversals.Select(one => made[one.Key]), .. request.Grants.Select(one => made[one.Key])]);
    }

    /// <summary>What would keep the request from being granted now, for previews; empty when nothing would. Changes nothing.</summary>
    public async Task<IReadOnlyList<GrantProblem>> CheckAsync(GrantRequest request, CancellationToken cancellationToken) =>
        (await checks.CheckAsync(request, cancellationToken)).Problems;

    private static string NumberOf(int year, int number) => string.Create(CultureInfo.InvariantCulture, $"YF-{year}-{number:000000}");

    private Entitlement Ordinary(GrantRequest request, GrantPlan plan, EntitlementGrant grant, Payee payee, string number) => new()
    {
        Number = number,
        Key = grant.Key,
        Kind = grant.Kind,
        Programme = grant.Programme,
        ProgrammeName = grant.ProgrammeName,
        Period = grant.Period,
        CaseId = request.CaseId,
        CaseNumber = plan.CaseNumber,
        PayeeId = payee.Id,
        Amount = grant.Amount,
        Working = PayoutJson.Write(grant.Working),
        Basis = PayoutJson.Write(grant.Basis),
        ClaimedById = request.Approval.ClaimedById,
        ApprovedById = request.Approval.ApprovedById,
        DecisionId = request.Approval.DecisionId,
        ApprovedAt = time.GetUtcNow(),
    };

    private Entitlement Reversal(
        GrantRequest request, GrantPlan plan, EntitlementReversal reversal, Entitlement original, string number) => new()
    {
        Number = number,
        Key = reversal.Key,
        Kind = original.Kind,
        Programme = original.Programme,
        ProgrammeName = original.ProgrammeName,
        Period = original.Period,
        CaseId = request.CaseId,
        CaseNumber = plan.CaseNumber,
        PayeeId = original.PayeeId,
        Amount = -original.Amount,
        Working = PayoutJson.Write([new WorkingLine($"冲销 {original.Number}：{reversal.Reason}", null, null, null, -original.Amount)]),
        Basis = original.Basis,
        ReversesId = original.Id,
        Reason = reversal.Reason,
        ClaimedById = request.Approval.ClaimedById,
        ApprovedById = request.Approval.ApprovedById,
        DecisionId = request.Approval.DecisionId,
        ApprovedAt = time.GetUtcNow(),
    };

    private void Record(GrantRequest request, GrantPlan plan, Dictionary<string, Entitlement> made)
    {
        var fresh = plan.NewReversals.Select(one => made[one.Request.Key]).Concat(plan.NewGrants.Select(one => made[one.Key])).ToList();
        audit.Record("entitlement.granted", "case", request.CaseId.ToString(), new
        {
            first = fresh[0].Number,
            last = fresh[^1].Number,
            sum = fresh.Sum(one => one.Amount).ToString("0.00", CultureInfo.InvariantCulture),
            reversed = plan.NewReversals.Select(one => one.Original.Number).ToArray(),
            request.Approval.ClaimedById,
            request.Approval.ApprovedById,
            decision = request.Approval.DecisionId,
        });
    }
}
