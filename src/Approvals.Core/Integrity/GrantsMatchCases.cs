using System.Text.Json.Nodes;
using Approvals.Core.Allowances;
using Approvals.Core.Cases;
using Approvals.Core.Compensation;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Insurance;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Integrity;

/// <summary>
/// What was granted is what was signed: the entitlements of a case add up to the sum its signers saw — the claim of an allowance less what
/// it reverses, the audited invoices of a compensation, the premium times the insured. A purchase that has ended covers everyone it paid for,
/// and no claim of insurance was paid above what was decided or decided above what was insured.
/// </summary>
internal sealed class GrantsMatchCases(ApprovalsDbContext db) : IInvariant
{
    private static readonly string[] Processes = [SubmitAllowance.Process, CompensationClaim.Process, OpenPurchase.Process];

    public async Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken) =>
        [.. await SumsAsync(cancellationToken), .. await CoversAsync(cancellationToken), .. await ClaimsAsync(cancellationToken)];

    private async Task<List<Violation>> SumsAsync(CancellationToken cancellationToken)
    {
        var granted = (await db.Entitlements.AsNoTracking().Select(row => new { row.CaseId, row.Amount }).ToListAsync(cancellationToken))
            .GroupBy(row => row.CaseId).ToDictionary(group => group.Key, group => group.Sum(row => row.Amount));
        var members = (await db.InsuranceMembers.AsNoTracking().Where(row => row.LeftOutReason == null).Select(row => row.CaseId)
            .ToListAsync(cancellationToken)).GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
        var wrong = new List<Violation>();
        var cases = db.Cases.AsNoTracking()
            .Where(row => Processes.Contains(row.ProcessKey) && db.Entitlements.Any(one => one.CaseId == row.Id))
            .Select(row => new { row.Id, row.Number, row.ProcessKey, row.Data });
        foreach (var row in await cases.ToListAsync(cancellationToken))
        {
            var data = JsonNode.Parse(row.Data)!.AsObject();
            var signed = row.ProcessKey switch
            {
                SubmitAllowance.Process => AllowanceClaim.Read(data)?.Total,
                CompensationClaim.Process => CompensationClaim.Read(data).Approved,
                _ => FieldValues.Decimal(data["premium"]) * members.GetValueOrDefault(row.Id),
            };
            if (signed is { } sum && sum != granted[row.Id] && wrong.Count < IntegrityCheck.Limit)
                wrong.Add(new Violation("grant", row.Number ?? $"case {row.Id}", "登记的应付合计与签批的金额不符。"));
        }

        return wrong;
    }

    private async Task<List<Violation>> CoversAsync(CancellationToken cancellationToken)
    {
        var odd = await (
                from member in db.InsuranceMembers.AsNoTracking()
                join one in db.Cases.AsNoTracking() on member.CaseId equals one.Id
                where member.LeftOutReason == null && one.Status == CaseStatus.Completed && db.Entitlements.Any(row => row.CaseId == one.Id)
                select new
                {
                    member.Id, member.Name, one.Data,
                    Policies = db.InsurancePolicies.Count(row => row.CaseId == one.Id && row.CommanderId == member.CommanderId),
                })
            .Where(row => row.Policies != 1).ToListAsync(cancellationToken);
        return [.. odd.Where(row => row.Policies > 1 || !IsUnissued(row.Data, row.Name)).Take(IntegrityCheck.Limit)
            .Select(row => new Violation("cover", $"member {row.Id}", "保险费已登记应付、投保已办结，但此人没有保单或有两份。"))];
    }

    /// <summary>Whether the insurer issued no policy for somebody and the officer said so.</summary>
    private static bool IsUnissued(string data, string name) =>
        FieldValues.Rows(JsonNode.Parse(data)!["unissued"]).Any(row => FieldValues.Text(row["name"]) == name);

    private async Task<List<Violation>> ClaimsAsync(CancellationToken cancellationToken)
    {
        var claims = await (
                from claim in db.InsuranceClaims.AsNoTracking()
                join policy in db.InsurancePolicies on claim.PolicyId equals policy.Id into policies
                from policy in policies.DefaultIfEmpty()
                select new { claim, Insured = (decimal?)policy.SumInsured })
            .ToListAsync(cancellationToken);
        return [.. claims.Where(row => !Fits(row.claim, row.Insured)).Take(IntegrityCheck.Limit)
            .Select(row => new Violation("claim", row.claim.Number, "理赔的状态与金额不符，或超出核定金额、保险金额。"))];
    }

    private static bool Fits(InsuranceClaim claim, decimal? insured) => claim.ClaimedSum <= insured && claim.State switch
    {
        InsuranceClaimState.Open => claim is { DecidedSum: null, PaidSum: null },
        InsuranceClaimState.Refused => claim is { DecidedSum: null, PaidSum: null, DecidedOn: not null },
        InsuranceClaimState.Decided => claim is { PaidSum: null, DecidedOn: not null } && claim.DecidedSum <= insured,
        _ => claim.PaidOn is not null && claim.PaidSum <= claim.DecidedSum && claim.DecidedSum <= insured,
    };
}
