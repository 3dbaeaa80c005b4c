using System.Globalization;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Activities;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Compensation;

/// <summary>登记补偿应付 — one entitlement for an approved claim, with every line, cut and reason as its working. Scoped.</summary>
public sealed class GrantCompensation(ApprovalsDbContext db, GrantEntitlements granting, CaseApprovals approvals, TimeProvider time)
{
    /// <summary>Article the money rests on.</summary>
    public const string Article = "W四(一)";

    /// <summary>The unit that is paid, as the claim names it; linked to the organisation where that knows a unit of this name.</summary>
    public async Task<PayeeReference> PayeeOfAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var name = FieldValues.Text(scope.Data["payeeName"])?.Trim() ?? "";
        var units = await db.OrgUnits.AsNoTracking().Where(unit => unit.Name == name && unit.ClosedOn == null)
            .Select(unit => unit.Id).Take(2).ToListAsync(cancellationToken);
        return new PayeeReference(
            PayeeKind.Unit, name, FieldValues.Text(scope.Data["creditCode"]) ?? "", OrgUnitId: units.Count == 1 ? units[0] : null);
    }

    /// <summary>Grants within the caller's unit of work.</summary>
    /// <returns>The outcome of the kernel; null when everything was cut and there is nothing to pay.</returns>
    /// <exception cref="FormatException">The cuts do not fit the lines, or nobody has signed; the message says so.</exception>
    public async Task<GrantOutcome?> GrantAsync(CaseScope scope, CancellationToken cancellationToken) =>
        await RequestAsync(scope, cancellationToken) is { } request ? await granting.GrantAsync(request, cancellationToken) : null;

    /// <summary>
    /// What would keep the signed claim from being granted now: asked before a letter tells the unit that it is. Changes nothing and locks
    /// nothing; what comes between is found by the grant itself.
    /// </summary>
    /// <exception cref="FormatException">The cuts do not fit the lines, or nobody has signed; the message says so.</exception>
    public async Task<IReadOnlyList<GrantProblem>> CheckAsync(CaseScope scope, CancellationToken cancellationToken) =>
        await RequestAsync(scope, cancellationToken) is { } request ? await granting.CheckAsync(request, cancellationToken) : [];

    /// <summary>What is to be granted; null when everything was cut.</summary>
    private async Task<GrantRequest?> RequestAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var claim = CompensationClaim.Read(scope.Data);
        if (CompensationRules.ProblemsOfCuts(claim).FirstOrDefault() is { } problem)
        {
            throw new FormatException($"核减明细有误，不能登记应付：{problem.Message}。");
        }

        if (claim.Approved == 0)
        {
            return null;
        }

        // The approval and the letter may be of this very transaction.
        await db.SaveChangesAsync(cancellationToken);
        var approval = await approvals.LastAsync(scope.Row.Id, cancellationToken)
            ?? throw new FormatException("还没有审批签名，不能登记应付。");
        var grant = new EntitlementGrant
        {
            Key = $"compensation:{scope.Row.Id}",
            Kind = EntitlementKind.Compensation,
            Programme = CompensationClaim.Process,
            ProgrammeName = CompensationClaim.ProgrammeName,
            Period = time.Today().ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Payee = await PayeeOfAsync(scope, cancellationToken),
            Amount = claim.Approved,
            Working = [.. claim.Audited().SelectMany(WorkingOf)],
            Basis = await BasisFiles.OfAsync(
                db, scope.Row.Id, ["invoiceFiles", "responsibilityFiles", BasisFiles.Documents], cancellationToken),
        };
        return new GrantRequest(scope.Row.Id, approval, [grant]);
    }

    /// <summary>What is claimed, and what is cut from it and why.</summary>
    private static IEnumerable<WorkingLine> WorkingOf(AuditedLine line)
    {
        var invoice = line.Invoice;
        yield return new WorkingLine(
            $"第 {invoice.Place} 行 {invoice.Kind}：{invoice.Item}（发票 {invoice.Number}，{invoice.Seller}）", null, null, null, line.Claimed, Article);
        if (line.Cut > 0)
        {
            yield return new WorkingLine($"第 {invoice.Place} 行核减：{line.Reason}", null, null, null, -line.Cut, Article);
        }
    }
}
