using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes.Watching;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes;

/// <summary>An open incident as administrators list it.</summary>
/// <param name="Id">Incident.</param>
/// <param name="CaseId">Case it stopped; null for a workflow without one.</param>
/// <param name="CaseNumber">Number of the case.</param>
/// <param name="Process">Process key.</param>
/// <param name="ActivityId">Activity that failed.</param>
/// <param name="Expression">Input or expression that failed.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="At">When.</param>
/// <param name="InstanceId">Instance it stopped.</param>
public sealed record IncidentLine(
    Guid Id, Guid? CaseId, string? CaseNumber, string Process, string ActivityId, string? Expression, string Message, DateTimeOffset At,
    Guid InstanceId);

/// <summary>处理流程故障 — an administrator runs a failed activity again, or gives the case up; both are audited.</summary>
public sealed class ResolveIncident(
    ApprovalsDbContext db, UnitOfWork unitOfWork, WorkflowHost host, EndEffects effects, CloseAfterEnd closing, CurrentPerson person, AuditTrail audit)
{
    /// <summary>Open incidents, the newest first; at most two hundred.</summary>
    public Task<List<IncidentLine>> OpenAsync(CancellationToken cancellationToken) => (
        from incident in db.Incidents.AsNoTracking()
        join instance in db.Instances on incident.InstanceId equals instance.Id
        join found in db.Cases on instance.CaseId equals (Guid?)found.Id into cases
        from row in cases.DefaultIfEmpty()
        where incident.ResolvedAt == null
        orderby incident.At descending
        select new IncidentLine(
            incident.Id, instance.CaseId, row == null ? null : row.Number, instance.DefinitionId, incident.ActivityId,
            incident.Expression, incident.Message, incident.At, instance.Id)).Take(200).ToListAsync(cancellationToken);

    /// <summary>Runs the activity again; what it meets this time decides.</summary>
    /// <returns>False when somebody has resolved it already.</returns>
    public Task<bool> RetryAsync(Guid incidentId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                if (await host.RetryAsync(incidentId, cancellationToken) == HostOutcome.Gone)
                {
                    scope.Abort();
                    return false;
                }

                audit.Record("incident.retried", "incident", incidentId.ToString(), new { by = person.RequiredId });
                return true;
            },
            cancellationToken);

    /// <summary>Gives the failed instance up with a reason, and with the case's main instance the whole case.</summary>
    /// <param name="incidentId">Which.</param>
    /// <param name="reason">Why, as it is shown to the applicant.</param>
    /// <param name="confirmation">What the instance's <see cref="EndEffect"/> asks for; null for nothing.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<EndOutcome> CancelAsync(Guid incidentId, string reason, string? confirmation, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var instance = await (
                    from incident in db.Incidents.AsNoTracking()
                    join row in db.Instances on incident.InstanceId equals row.Id
                    where incident.Id == incidentId
                    select new { row.Id, row.CaseId, row.DefinitionId }).FirstOrDefaultAsync(cancellationToken);
                if (instance is null)
                    return EndOutcome.AlreadyEnded;

                // Race closed: a retry that mends the fault, a decision or a move at the same time. All take the case and the instance;
                // whether the fault is still there, and whether what was confirmed still stands, is asked under the locks.
                var effect = await effects.HoldAsync(instance.Id, cancellationToken);
                if (!await db.Incidents.AnyAsync(one => one.Id == incidentId && one.ResolvedAt == null, cancellationToken))
                {
                    scope.Abort();
                    return EndOutcome.AlreadyEnded;
                }

                if (effect is { Confirmation: { } asked } && asked != confirmation)
                {
                    scope.Abort();
                    return EndOutcome.Unconfirmed;
                }

                if (await host.CancelAsync(instance.Id, reason, cancellationToken) == HostOutcome.Gone)
                {
                    scope.Abort();
                    return EndOutcome.AlreadyEnded;
                }

                if (instance.CaseId is { } caseId)
                    await closing.CloseAsync(caseId, instance.Id, instance.DefinitionId, EndedBy.Administrator, reason, cancellationToken);
                audit.Record("incident.cancelled", "incident", incidentId.ToString(), new { instance = instance.Id });
                return EndOutcome.Done;
            },
            cancellationToken);
}
