using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>A task with what belongs to it.</summary>
/// <param name="Task">The task; detached, like those below.</param>
/// <param name="Step">Its step.</param>
/// <param name="Case">Its case.</param>
/// <param name="Instance">Its instance, whose version's forms it shows.</param>
/// <param name="Reader">Who looks at it; null when nobody is signed in.</param>
/// <param name="AssigneeName">Whose task.</param>
/// <param name="DecidedByName">Who decided.</param>
/// <param name="OthersWaiting">Other tasks of the step that are still open or queued.</param>
internal sealed record TaskRow(
    InboxTask Task, StepRun Step, Case Case, WorkflowInstanceRow Instance, Person? Reader, string? AssigneeName, string? DecidedByName,
    int OthersWaiting);

/// <summary>What a step that opens copies into its tasks.</summary>
internal sealed record OpeningFacts(int EarlierRounds, int FailedFindings, string? UnitName, string? LastSigner, string ApplicantName);

/// <summary>
/// The reads of every decision, translated once for the life of the process: translating them anew each time cost more than running
/// them. A singleton and not static, because a compiled query belongs to the model of one database.
/// </summary>
public sealed class TaskRows
{
    private readonly Func<ApprovalsDbContext, Guid, Guid?, CancellationToken, Task<TaskRow?>> _task =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid taskId, Guid? readerId, CancellationToken _) => (
                from task in db.Tasks.AsNoTracking()
                join step in db.StepRuns.AsNoTracking() on task.StepRunId equals step.Id
                join row in db.Cases.AsNoTracking() on task.CaseId equals row.Id
                join instance in db.Instances.AsNoTracking() on step.InstanceId equals instance.Id
                from reader in db.People.AsNoTracking().Where(one => one.Id == readerId).DefaultIfEmpty()
                where task.Id == taskId
                select new TaskRow(
                    task,
                    step,
                    row,
                    instance,
                    reader,
                    db.People.Where(one => one.Id == task.AssigneeId).Select(one => one.Name).FirstOrDefault(),
                    db.People.Where(one => one.Id == task.DecidedById).Select(one => one.Name).FirstOrDefault(),
                    db.Tasks.Count(other => other.StepRunId == task.StepRunId && other.Id != taskId
                        && (other.State == TaskState.Open || other.State == TaskState.Queued))))
            .FirstOrDefault());

    private readonly Func<ApprovalsDbContext, Guid, IAsyncEnumerable<Finding>> _findings =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid caseId) =>
            db.Findings.AsNoTracking().OrderBy(finding => finding.Id).Where(finding => finding.CaseId == caseId && finding.IsCurrent));

    private readonly Func<ApprovalsDbContext, Guid, string, Guid?, Guid, CancellationToken, Task<OpeningFacts>> _opening =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid caseId, string activityId, Guid? unitId, Guid applicantId, CancellationToken _) =>
            db.People.Where(one => one.Id == applicantId).Select(applicant => new OpeningFacts(
                db.StepRuns.Count(step => step.CaseId == caseId && step.ActivityId == activityId),
                db.Findings.Count(finding => finding.CaseId == caseId && finding.IsCurrent && finding.Verdict == Verdict.Fail),
                db.OrgUnits.Where(unit => unit.Id == unitId).Select(unit => unit.Name).FirstOrDefault(),
                db.Decisions.Where(one => one.CaseId == caseId).OrderByDescending(one => one.Id).Select(one => one.SignatureLine)
                    .FirstOrDefault(),
                applicant.Name))
            .Single());

    internal Task<TaskRow?> FindAsync(ApprovalsDbContext db, Guid taskId, Guid? readerId, CancellationToken cancellationToken) =>
        _task(db, taskId, readerId, cancellationToken);

    /// <summary>Current findings of a case, in the order they were made; detached.</summary>
    internal ValueTask<List<Finding>> FindingsAsync(ApprovalsDbContext db, Guid caseId, CancellationToken cancellationToken) =>
        _findings(db, caseId).ToListAsync(cancellationToken);

    internal Task<OpeningFacts> OpeningAsync(
        ApprovalsDbContext db, Case row, string activityId, CancellationToken cancellationToken) =>
        _opening(db, row.Id, activityId, row.UnitId, row.ApplicantId, cancellationToken);
}
