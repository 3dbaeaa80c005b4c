using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Regulations;

/// <summary>What became of asking for a waiver.</summary>
public enum WaiverOutcome
{
    /// <summary>The finding is waived.</summary>
    Granted,

    /// <summary>There is no current failed finding of a rule that may be waived.</summary>
    NothingToWaive,

    /// <summary>The reason is empty or longer than 1,000 characters.</summary>
    ReasonNeeded,
}

/// <summary>
/// 放宽, T§12.4: "特殊行业专业优秀人才可适当放宽". A leader relaxes a failed finding with a written reason; the verdict is kept and
/// labelled, never turned into a pass.
/// </summary>
public sealed class FindingWaiver(ApprovalsDbContext db, AuditTrail audit, IEnumerable<IRule> rules)
{
    /// <summary>Current failed findings of the case that a waiver could relax; the deciding leader must waive or refuse.</summary>
    public async Task<IReadOnlyList<Finding>> NeededAsync(Guid caseId, CancellationToken cancellationToken = default)
    {
        var waivable = rules.Where(rule => rule.IsWaivable).Select(rule => rule.Name).ToList();
        return await db.Findings
            .Where(finding => finding.CaseId == caseId && finding.IsCurrent && finding.Verdict == Verdict.Fail
                && waivable.Contains(finding.Rule))
            .OrderBy(finding => finding.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The same among findings that were read already.</summary>
    public IReadOnlyList<Finding> NeededOf(IReadOnlyList<Finding> findings) =>
    [
        .. findings.Where(finding => finding.IsCurrent && finding.Verdict == Verdict.Fail
            && rules.Any(rule => rule.IsWaivable && rule.Name == finding.Rule)),
    ];

    /// <summary>Waives the current failed finding of a rule, inside the unit of work that records the leader's signed decision.</summary>
    public async Task<WaiverOutcome> GrantAsync(
        Guid caseId, string rule, string? reason, Guid leaderId, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 1000)
        {
            return WaiverOutcome.ReasonNeeded;
        }

        var finding = (await NeededAsync(caseId, cancellationToken)).FirstOrDefault(needed => needed.Rule == rule);
        if (finding is null)
        {
            return WaiverOutcome.NothingToWaive;
        }

        finding.Verdict = Verdict.Waived;
        finding.WaiverReason = reason.Trim();
        finding.WaivedById = leaderId;
        audit.Record("finding.waived", "case", caseId.ToString(), new { finding = finding.Id, rule, finding.ParameterIds });
        return WaiverOutcome.Granted;
    }
}
