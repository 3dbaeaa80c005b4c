using System.Text.Json.Nodes;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>Holds the policies that a purchase records against its roster and the register (<see cref="PolicyRules"/>).</summary>
public sealed class PoliciesCheck(ApprovalsDbContext db, InsuranceRoster roster, InsuredPeople insured, Numbering numbering) : IFormCheck
{
    /// <inheritdoc />
    public string Process => OpenPurchase.Process;

    /// <inheritdoc />
    public async Task<IReadOnlyList<FieldError>> ErrorsAsync(FormCheckInput input, CancellationToken cancellationToken) =>
        input.MayEdit("policies")
            ? await CheckAsync(
                input.CaseId, input.Data, input.Form.Context.FilesOf("policyFiles"), input.Form.Context.Today, cancellationToken)
            : [];

    /// <summary>The same, for the step that records them.</summary>
    public async Task<IReadOnlyList<FieldError>> CheckAsync(
        Guid caseId, JsonObject data, int scans, DateOnly today, CancellationToken cancellationToken)
    {
        // Race closed: two purchases that record one policy number at once, or one person's cover. Until the commit they go one after
        // another.
        await numbering.NextAsync(PurchaseData.RosterLock, cancellationToken);
        var least = await roster.LeastAsync(today, cancellationToken);
        var rows = PolicyRow.Read(data);
        var basis = new PolicyBasis(
            await MembersAsync(caseId, today, least, cancellationToken),
            await TakenAsync(caseId, FieldValues.Text(data["insurer"]) ?? "", rows, cancellationToken),
            least, FieldValues.Decimal(data["sumInsured"]) ?? 0, scans, today);
        var unissued = FieldValues.Rows(data["unissued"]).Select(row => FieldValues.Text(row["name"])?.Trim() ?? "").ToList();
        return PolicyRules.ErrorsOf(rows, unissued, basis);
    }

    /// <summary>The sufficient cover that each of the insured has, whichever entry of the register it was bought for.</summary>
    private async Task<Dictionary<string, IReadOnlyList<CoveredDays>>> MembersAsync(
        Guid caseId, DateOnly today, decimal least, CancellationToken cancellationToken)
    {
        var members = await db.InsuranceMembers.AsNoTracking().Where(row => row.CaseId == caseId && row.LeftOutReason == null)
            .ToListAsync(cancellationToken);
        var people = await insured.OfAsync(members.ConvertAll(row => row.CommanderId), cancellationToken);
        var entries = people.Keys.ToList();
        var policies = await InsuredPeople.PoliciesAsync(
            people,
            db.InsurancePolicies.AsNoTracking()
                .Where(row => entries.Contains(row.CommanderId) && row.ValidUntil >= today && row.CaseId != caseId),
            cancellationToken);
        return members.ToDictionary(
            row => row.Name,
            row => (IReadOnlyList<CoveredDays>)
            [
                .. policies[row.CommanderId].Where(one => one.SumInsured >= least).OrderBy(one => one.ValidFrom)
                    .Select(one => new CoveredDays(one.ValidFrom, one.ValidUntil)),
            ],
            StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, string>> TakenAsync(
        Guid caseId, string insurer, IReadOnlyList<PolicyRow> rows, CancellationToken cancellationToken)
    {
        var numbers = rows.Select(row => row.Number).Distinct().ToList();
        var found = await (
                from policy in db.InsurancePolicies.AsNoTracking()
                join commander in db.Commanders.AsNoTracking() on policy.CommanderId equals commander.Id
                where policy.CaseId != caseId && policy.Insurer == insurer && numbers.Contains(policy.PolicyNumber)
                select new { policy.PolicyNumber, commander.Name })
            .ToListAsync(cancellationToken);
        return found.GroupBy(row => row.PolicyNumber).ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);
    }
}
