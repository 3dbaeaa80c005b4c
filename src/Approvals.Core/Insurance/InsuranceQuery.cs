using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>A purchase as lists show it.</summary>
/// <param name="Case">Case.</param>
/// <param name="Members">Its roster, by name.</param>
/// <param name="Insurer">Insurer; null before the quotation.</param>
/// <param name="Total">Premium in all; null before the quotation.</param>
/// <param name="Entitlement">What it granted; null before the leader's signature.</param>
/// <param name="MayChange">Whether people can still be taken out.</param>
public sealed record PurchaseLine(
    Case Case, IReadOnlyList<InsuranceMember> Members, string? Insurer, decimal? Total, Entitlement? Entitlement, bool MayChange);

/// <summary>A policy with whom it insures.</summary>
/// <param name="Policy">Policy.</param>
/// <param name="Commander">Insured.</param>
/// <param name="CaseNumber">Case that recorded it.</param>
public sealed record PolicyLine(InsurancePolicy Policy, Commander Commander, string CaseNumber);

/// <summary>Which policies a list shows.</summary>
public enum PolicyFilter
{
    /// <summary>Valid today or later.</summary>
    Current,

    /// <summary>Ending within the longest reminder.</summary>
    Ending,

    /// <summary>Ended.</summary>
    Ended,
}

/// <summary>Reads purchases and policies; who may is for <see cref="InsuranceAccess"/>. Scoped.</summary>
public sealed class InsuranceQuery(ApprovalsDbContext db)
{
    private const int Most = 100;

    /// <summary>Rows of a page of policies.</summary>
    public const int PageSize = 50;

    /// <summary>Purchases, newest first.</summary>
    public async Task<IReadOnlyList<PurchaseLine>> PurchasesAsync(CancellationToken cancellationToken)
    {
        var cases = await db.Cases.AsNoTracking().Where(row => row.ProcessKey == OpenPurchase.Process && row.Number != null)
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        var ids = cases.ConvertAll(row => row.Id);
        var members = (await db.InsuranceMembers.AsNoTracking().Where(row => ids.Contains(row.CaseId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.CaseId);
        var granted = (await db.Entitlements.AsNoTracking().Where(row => ids.Contains(row.CaseId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.CaseId);
        var open = await db.StepRuns.AsNoTracking()
            .Where(row => ids.Contains(row.CaseId) && row.Status == Inbox.StepStatus.Open && row.Kind == Inbox.StepKind.Form)
            .Select(row => row.CaseId).ToListAsync(cancellationToken);
        return
        [
            .. cases.Select(row =>
            {
                var data = JsonNode.Parse(row.Data)!.AsObject();
                var entitlement = granted[row.Id].FirstOrDefault();
                return new PurchaseLine(
                    row, [.. members[row.Id].OrderBy(one => one.LeftOutReason is not null).ThenBy(one => one.Name, StringComparer.Ordinal)],
                    FieldValues.Text(data["insurer"]), FieldValues.Decimal(data["total"]), entitlement,
                    entitlement is null && row.Status == CaseStatus.Running && open.Contains(row.Id));
            }),
        ];
    }

    /// <summary>Policies, those that end first at the head; ended ones the latest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="today">Today in China.</param>
    /// <param name="ahead">Days of the longest reminder.</param>
    /// <param name="skip">How many to leave out.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<PolicyLine>> PoliciesAsync(
        PolicyFilter filter, DateOnly today, int ahead, int skip, int take, CancellationToken cancellationToken)
    {
        var last = today.AddDays(ahead);
        var policies = db.InsurancePolicies.AsNoTracking();
        policies = filter switch
        {
            PolicyFilter.Ended => policies.Where(row => row.ValidUntil < today).OrderByDescending(row => row.ValidUntil).ThenBy(row => row.Id),
            PolicyFilter.Ending => policies.Where(row => row.ValidUntil >= today && row.ValidUntil <= last)
                .OrderBy(row => row.ValidUntil).ThenBy(row => row.Id),
            _ => policies.Where(row => row.ValidUntil >= today).OrderBy(row => row.ValidUntil).ThenBy(row => row.Id),
        };
        var page = await policies.Skip(skip).Take(take).ToListAsync(cancellationToken);
        return await WithPeopleAsync(page, cancellationToken);
    }

    /// <summary>A policy; null when there is none.</summary>
    public async Task<PolicyLine?> PolicyAsync(Guid id, CancellationToken cancellationToken) =>
        (await WithPeopleAsync(
            await db.InsurancePolicies.AsNoTracking().Where(row => row.Id == id).ToListAsync(cancellationToken), cancellationToken))
        .FirstOrDefault();

    private async Task<List<PolicyLine>> WithPeopleAsync(List<InsurancePolicy> policies, CancellationToken cancellationToken)
    {
        var (people, cases) = (policies.ConvertAll(row => row.CommanderId), policies.ConvertAll(row => row.CaseId));
        var commanders = await db.Commanders.AsNoTracking().Where(row => people.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        var numbers = await db.Cases.AsNoTracking().Where(row => cases.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Number ?? "", cancellationToken);
        return policies.ConvertAll(row => new PolicyLine(row, commanders[row.CommanderId], numbers.GetValueOrDefault(row.CaseId, "")));
    }
}
