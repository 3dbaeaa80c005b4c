using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Watching;

/// <summary>What became of ending or deleting an instance.</summary>
public enum EndOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>It has ended already; nothing was changed.</summary>
    AlreadyEnded,

    /// <summary>There is no such instance.</summary>
    NotFound,

    /// <summary>
    /// A process waits for it and would go on; whoever ends it has not been told, or has been told something else
    /// (<see cref="EndEffect"/>). Nothing was changed.
    /// </summary>
    Unconfirmed,

    /// <summary>It still runs, or belongs to a case, whose history is kept; nothing was deleted.</summary>
    Kept,
}

/// <summary>终止流程 — who looks after processes ends an instance; its case, when it is the case's main instance, ends with it.</summary>
public sealed class EndInstance(
    ApprovalsDbContext db, UnitOfWork unitOfWork, WorkflowHost host, EndEffects effects, CloseAfterEnd closing, CurrentPerson person, AuditTrail audit)
{
    /// <summary>Ends an instance: what waits is withdrawn with the reason, the applicant is told.</summary>
    /// <param name="instanceId">Which.</param>
    /// <param name="reason">Why, as it is shown to the applicant.</param>
    /// <param name="confirmation">What its <see cref="EndEffect"/> asks for; null for nothing.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<EndOutcome> CancelAsync(Guid instanceId, string reason, string? confirmation, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                // Race closed: a decision on the case, a retry or a move at the same time. All take the case and the instance; what was
                // told and confirmed must still stand under the locks, and of two ends the second finds it ended.
                var effect = await effects.HoldAsync(instanceId, cancellationToken);
                var found = await db.Instances.AsNoTracking().Where(row => row.Id == instanceId)
                    .Select(row => new { row.CaseId, row.DefinitionId, row.DefinitionVersionId }).FirstOrDefaultAsync(cancellationToken);
                if (found is null)
                    return EndOutcome.NotFound;

                if (effect is { Confirmation: { } asked } && asked != confirmation)
                {
                    scope.Abort();
                    return EndOutcome.Unconfirmed;
                }

                if (await host.CancelAsync(instanceId, reason, cancellationToken) == HostOutcome.Gone)
                {
                    scope.Abort();
                    return EndOutcome.AlreadyEnded;
                }

                if (found.CaseId is { } caseId)
                    await closing.CloseAsync(caseId, instanceId, found.DefinitionId, EndedBy.ProcessOwner, reason, cancellationToken);
                var hash = await db.Definitions.Where(row => row.Id == found.DefinitionVersionId).Select(row => row.Hash)
                    .FirstOrDefaultAsync(cancellationToken);
                audit.Record(
                    "instance.cancelled", "instance", instanceId.ToString(), new { caseId = found.CaseId, definition = hash, by = person.Id });
                return EndOutcome.Done;
            },
            cancellationToken);

    /// <summary>Deletes an ended instance that belongs to no case, with its journal. Everything else is history and stays.</summary>
    public Task<EndOutcome> DeleteAsync(Guid instanceId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var row = await db.Instances.FirstOrDefaultAsync(one => one.Id == instanceId, cancellationToken);
                if (row is null)
                    return EndOutcome.NotFound;
                if (row.CaseId is not null || row.Status != nameof(WorkflowStatus.Finished))
                    return EndOutcome.Kept;
                await db.Journal.Where(one => one.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
                await db.Incidents.Where(one => one.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
                await db.Timers.Where(one => one.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
                db.Instances.Remove(row);
                audit.Record("instance.deleted", "instance", instanceId.ToString(), new { process = row.DefinitionId });
                return EndOutcome.Done;
            },
            cancellationToken);
}
