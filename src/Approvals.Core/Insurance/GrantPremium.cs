using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Activities;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>登记保险费应付 — grants the insurer what was signed: the premium for each person of the roster.</summary>
public sealed class GrantPremium(ApprovalsDbContext db, GrantEntitlements granting, CaseApprovals approvals, TimeProvider time)
{
    /// <summary>Programme of the entitlements.</summary>
    public const string Programme = "accident-insurance";

    /// <summary>Key of a purchase's entitlement.</summary>
    public static string KeyOf(Guid caseId) => $"insurance:{caseId}";

    /// <summary>Grants within the caller's unit of work.</summary>
    /// <returns>The outcome of the kernel.</returns>
    /// <exception cref="FormatException">The case holds no quotation, or what was signed does not add up; the message says so.</exception>
    public async Task<GrantOutcome> GrantAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        // The approval may be the decision of this very transaction.
        await db.SaveChangesAsync(cancellationToken);
        var data = scope.Data;
        var members = await db.InsuranceMembers.AsNoTracking()
            .Where(row => row.CaseId == scope.Row.Id && row.LeftOutReason == null).OrderBy(row => row.Name).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
        var premium = FieldValues.Decimal(data["premium"]) ?? throw new FormatException("业务件中没有保险费报价。");
        var signed = FieldValues.Rows(data["members"]).Select(row => FieldValues.Text(row["name"])).Order(StringComparer.Ordinal);
        if (FieldValues.Decimal(data["total"]) != premium * members.Count
            || !signed.SequenceEqual(members.Select(row => row.Name).Order(StringComparer.Ordinal)))
        {
            throw new FormatException("签批的名单或合计与投保名单不一致，不能登记应付。");
        }

        var approval = await approvals.LastAsync(scope.Row.Id, cancellationToken)
            ?? throw new FormatException("还没有审批签名，不能登记应付。");
        var grant = new EntitlementGrant
        {
            Key = KeyOf(scope.Row.Id),
            Kind = EntitlementKind.InsurancePremium,
            Programme = Programme,
            ProgrammeName = "技术指挥官意外伤害保险费",
            Period = time.Today().ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Payee = new PayeeReference(
                PayeeKind.Unit, FieldValues.Text(data["insurer"])!, FieldValues.Text(data["insurerCode"]) ?? ""),
            Amount = premium * members.Count,
            Working = [.. members.Select(row => Line(row, data, premium))],
            Basis = await BasisFiles.OfAsync(db, scope.Row.Id, ["quotation", BasisFiles.Documents], cancellationToken),
        };
        return await granting.GrantAsync(
            new GrantRequest(scope.Row.Id, approval with { ClaimedById = await QuotedByAsync(scope.Row, cancellationToken) }, [grant]),
            cancellationToken);
    }

    /// <summary>One person of the roster, by name: the list of the insured is the working.</summary>
    private static WorkingLine Line(InsuranceMember member, JsonObject data, decimal premium) => new(
        $"{member.Name}，保险期间 {FieldValues.Text(data["validFrom"])} 至 {FieldValues.Text(data["validUntil"])}", 1, "人", premium, premium,
        "办法第二十条");

    /// <summary>Who asks for the money is the officer who submitted the quotation, also when an appointment opened the case.</summary>
    private async Task<Guid> QuotedByAsync(Case row, CancellationToken cancellationToken) =>
        await db.DecisionsOfOwnSigners().AsNoTracking().Where(one => one.CaseId == row.Id && one.Kind == DecisionKind.Submit)
            .OrderByDescending(one => one.At).ThenByDescending(one => one.Id).Select(one => (Guid?)one.DeciderId).FirstOrDefaultAsync(cancellationToken) ?? row.StarterId;
}
