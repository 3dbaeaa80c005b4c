using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>移出名单 — takes a person out of a purchase that is not quoted yet: covered elsewhere, or no longer in term.</summary>
public sealed class LeaveOut(
    ApprovalsDbContext db, UnitOfWork unitOfWork, WorkflowHost host, CurrentPerson person, AuditTrail audit, IServiceProvider services)
{
    /// <summary>Takes the person out.</summary>
    /// <param name="caseId">Case of the purchase.</param>
    /// <param name="memberId">Row of the roster.</param>
    /// <param name="reason">Why, at most 200 characters.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>Null when done; otherwise why not, in Chinese.</returns>
    public async Task<string?> LeaveOutAsync(Guid caseId, Guid memberId, string? reason, CancellationToken cancellationToken)
    {
        var why = reason?.Trim() ?? "";
        return why.Length is 0 or > OpenPurchase.LongestReason
            ? $"请填写移出原因（不超过 {OpenPurchase.LongestReason} 字）"
            : await unitOfWork.RunAsync(
                async unit =>
                {
                    var problem = await InsideAsync(caseId, memberId, why, cancellationToken);
                    if (problem is not null)
                    {
                        unit.Abort();
                    }

                    return problem;
                },
                cancellationToken);
    }

    private async Task<string?> InsideAsync(Guid caseId, Guid memberId, string reason, CancellationToken cancellationToken)
    {
        var instance = await db.Cases.Where(row => row.Id == caseId && row.ProcessKey == OpenPurchase.Process && row.Status == CaseStatus.Running)
            .Select(row => row.InstanceId).FirstOrDefaultAsync(cancellationToken);
        if (instance is null || !person.Is(Roles.InsuranceOfficer))
        {
            return "没有这项正在办理的投保。";
        }

        // Race closed: the quotation is submitted at the same moment. It holds the instance's lock, too.
        await host.LockAsync(instance.Value, cancellationToken);
        if (!await MayChangeAsync(db, caseId, cancellationToken))
        {
            return "报价已经提交，名单不能再变动；确需变动的，请审核人退回。";
        }

        var members = await db.InsuranceMembers.Where(row => row.CaseId == caseId && row.LeftOutReason == null).ToListAsync(cancellationToken);
        if (members.FirstOrDefault(row => row.Id == memberId) is not { } member)
        {
            return "此人已不在名单中。";
        }

        if (members.Count == 1)
        {
            return "名单只剩一人，不能再移出。";
        }

        member.LeftOutReason = reason;
        var scope = (await CaseScope.LoadAsync(services, caseId, cancellationToken))!;
        var data = scope.Data.DeepClone().AsObject();
        PurchaseData.LeaveOut(data, member.Name, reason);
        scope.SetData(data);
        scope.AddEvent("register", null, $"{member.Name}移出名单", reason, new Signer(person.RequiredId, person.Name));
        audit.Record("insurance.left-out", "case", caseId.ToString(), new { commander = member.CommanderId });
        return null;
    }

    /// <summary>Whether the roster may still change: a form is being filled in and no policy has been paid for.</summary>
    internal static async Task<bool> MayChangeAsync(ApprovalsDbContext db, Guid caseId, CancellationToken cancellationToken) =>
        await db.StepRuns.AnyAsync(row => row.CaseId == caseId && row.Status == StepStatus.Open && row.Kind == StepKind.Form, cancellationToken)
        && !await db.Entitlements.AnyAsync(row => row.CaseId == caseId, cancellationToken);
}
