using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts;

/// <summary>四眼原则 — applicant, approver and payer differ, and nobody approves or pays their own money. Scoped.</summary>
public sealed class FourEyes(ApprovalsDbContext db, TimeProvider time)
{
    /// <summary>
    /// Who signed an approval in the case, also for whom (代理): none of them may be a payee. Steps that know their payees keep such
    /// people from deciding; this is what holds when they do not.
    /// </summary>
    internal async Task<IReadOnlyList<GrantProblem>> ProblemsAsync(
        GrantRequest request,
        IReadOnlyList<EntitlementGrant> grants,
        IReadOnlyList<(EntitlementReversal Request, Entitlement Original)> reversals,
        IReadOnlyDictionary<string, Payee> payees,
        CancellationToken cancellationToken)
    {
        var problems = new List<GrantProblem>();
        var approval = request.Approval;
        if (grants.Count + reversals.Count > 0 && approval.ClaimedById == approval.ApprovedById)
            problems.Add(new GrantProblem(null, "申请人和审批人是同一人，须由另一人审批"));
        var approvers = await ApproversAsync(request, cancellationToken);
        foreach (var grant in grants)
        {
            var known = payees.GetValueOrDefault(IdentityCode.Normalise(grant.Payee.IdentityNumber))?.PersonId;
            if ((Own(approvers, grant.Payee.PersonId) ?? Own(approvers, known)) is { } name)
                problems.Add(new GrantProblem(grant.Key, $"{grant.Payee.Name}：{name}不能审批自己的款项，须由另一人审批"));
            var unit = payees.GetValueOrDefault(IdentityCode.Normalise(grant.Payee.IdentityNumber))?.OrgUnitId ?? grant.Payee.OrgUnitId;
            if (await MemberAsync(approvers, unit, cancellationToken) is { } member)
                problems.Add(new GrantProblem(grant.Key, $"{grant.Payee.Name}：{member}在该单位任职，不能审批本单位的款项，须由另一人审批"));
        }

        return problems;
    }

    /// <summary>Why a person may not pay an entitlement's line: they claimed it, approved it, or receive it; null when they may.</summary>
    /// <param name="payerId">Who wants to mark it paid.</param>
    /// <param name="payeePersonId">Person behind the payee.</param>
    /// <param name="entitlements">What the line pays.</param>
    public static string? ProblemOfPayer(Guid payerId, Guid? payeePersonId, IEnumerable<Entitlement> entitlements)
    {
        if (payerId == payeePersonId)
            return "不能经办自己的款项，须由另一名财务人员办理";
        foreach (var entitlement in entitlements)
        {
            if (entitlement.ApprovedById == payerId)
                return $"您审批了 {entitlement.Number}，付款须由另一名财务人员办理";
            if (entitlement.ClaimedById == payerId)
                return $"您申请了 {entitlement.Number}，付款须由另一名财务人员办理";
        }

        return null;
    }

    private async Task<Dictionary<Guid, string>> ApproversAsync(GrantRequest request, CancellationToken cancellationToken)
    {
        var signed = await db.Decisions.AsNoTracking()
            .Where(row => row.CaseId == request.CaseId && row.Kind == DecisionKind.Approve)
            .Select(row => new { row.DeciderId, row.OnBehalfOfId })
            .ToListAsync(cancellationToken);
        var ids = signed.SelectMany(row => new[] { row.DeciderId, row.OnBehalfOfId ?? row.DeciderId })
            .Append(request.Approval.ApprovedById).Distinct().ToList();
        return await db.People.AsNoTracking().Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
    }

    /// <summary>Name of an approver who holds a post in the unit today; null for none.</summary>
    private async Task<string?> MemberAsync(Dictionary<Guid, string> approvers, Guid? unit, CancellationToken cancellationToken)
    {
        if (unit is null)
            return null;
        var today = time.Today();
        var ids = approvers.Keys.ToList();
        var member = await db.Positions.AsNoTracking().HeldOn(today)
            .Where(row => row.OrgUnitId == unit && ids.Contains(row.PersonId))
            .Select(row => (Guid?)row.PersonId).FirstOrDefaultAsync(cancellationToken);
        return Own(approvers, member);
    }

    private static string? Own(Dictionary<Guid, string> approvers, Guid? person) =>
        person is { } id ? approvers.GetValueOrDefault(id) : null;
}
