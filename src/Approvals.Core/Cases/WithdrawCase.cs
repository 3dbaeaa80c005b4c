using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>What became of a withdrawal.</summary>
public enum WithdrawOutcome
{
    /// <summary>Withdrawn.</summary>
    Withdrawn,

    /// <summary>There is no such case of this applicant.</summary>
    NotFound,

    /// <summary>Somebody has decided already, or the case has ended.</summary>
    TooLate,
}

/// <summary>撤回 — the applicant takes the case back before the first decision (A1, step 1).</summary>
public sealed class WithdrawCase(
    ApprovalsDbContext db, UnitOfWork unitOfWork, WorkflowHost host, CurrentPerson person, IServiceProvider services, AuditTrail audit)
{
    /// <summary>Whether the withdrawal would be accepted now.</summary>
    public static bool IsOpen(Case row, Guid personId, ProcessSettings process) =>
        process.CanWithdraw && (row.ApplicantId == personId || row.StarterId == personId) && row.Status == CaseStatus.Running && !row.HasDecision;

    /// <summary>Withdraws the case; all that waits is closed as 撤销.</summary>
    public Task<WithdrawOutcome> WithdrawAsync(Guid caseId, string? reason, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var me = person.RequiredId;
                var instanceId = await db.Cases.AsNoTracking()
                    .Where(row => row.Id == caseId && (row.ApplicantId == me || row.StarterId == me))
                    .Select(row => row.InstanceId)
                    .FirstOrDefaultAsync(cancellationToken);
                if (instanceId is null)
                    return WithdrawOutcome.NotFound;

                // Race closed: withdrawal against the first decision. Both take the instance's lock; whoever is second reads
                // what the first has written.
                await host.LockAsync(instanceId.Value, cancellationToken);
                var found = await CaseScope.LoadAsync(services, caseId, cancellationToken);
                await db.Entry(found!.Row).ReloadAsync(cancellationToken);
                if (!IsOpen(found.Row, me, found.Definition.Settings))
                {
                    scope.Abort();
                    return WithdrawOutcome.TooLate;
                }

                await host.CancelAsync(instanceId.Value, "申请人撤回", cancellationToken);
                var closing = new CloseCase(services);
                await closing.CloseAsync(found, CaseStatus.Withdrawn, "申请人撤回", cancellationToken);
                found.AddEvent("withdrawn", null, "撤回申请", reason, new Signer(me, person.Name));
                audit.Record("case.withdrawn", "case", caseId.ToString(), new { number = found.Row.Number });
                return WithdrawOutcome.Withdrawn;
            },
            cancellationToken);
}
