using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>Why a task came back (退回).</summary>
/// <param name="TaskId">The task of whoever has to correct.</param>
/// <param name="By">Signature line of who sent it back.</param>
/// <param name="StepName">Step they decided at.</param>
/// <param name="Reason">Their opinion.</param>
public sealed record SentBackTask(Guid TaskId, string By, string StepName, string? Reason);

/// <summary>Tells of open tasks which were sent back to their step, by whom and why.</summary>
public sealed class SentBack(ApprovalsDbContext db)
{
    /// <summary>Those of the tasks that were sent back.</summary>
    public async Task<IReadOnlyList<SentBackTask>> OfTasksAsync(IReadOnlyCollection<Guid> tasks, CancellationToken cancellationToken) =>
        tasks.Count == 0 ? [] : await OfAsync(db.Tasks.AsNoTracking().Where(task => tasks.Contains(task.Id)), cancellationToken);

    /// <summary>Those of the open tasks of a case that were sent back.</summary>
    public Task<IReadOnlyList<SentBackTask>> OfCaseAsync(Guid caseId, CancellationToken cancellationToken) =>
        OfAsync(db.Tasks.AsNoTracking().Where(task => task.CaseId == caseId && task.State == TaskState.Open), cancellationToken);

    private async Task<IReadOnlyList<SentBackTask>> OfAsync(IQueryable<InboxTask> tasks, CancellationToken cancellationToken)
    {
        // Only a step that was there before can have been sent back to; most lists end here.
        var again = await (
            from task in tasks
            join step in db.StepRuns on task.StepRunId equals step.Id
            where step.Round > 1
            select new
            {
                task.Id,
                step.CaseId,
                step.ActivityId,
                step.OpenedAt,
                Before = db.StepRuns.Where(one => one.CaseId == step.CaseId && one.ActivityId == step.ActivityId && one.Round == step.Round - 1)
                    .Select(one => (DateTimeOffset?)one.OpenedAt).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        if (again.Count == 0)
        {
            return [];
        }

        var cases = again.Select(one => one.CaseId).Distinct().ToList();
        var returns = await db.Decisions.AsNoTracking()
            .Where(one => cases.Contains(one.CaseId) && one.Kind == DecisionKind.Return)
            .Select(one => new { one.CaseId, one.ReturnTo, one.At, one.SignatureLine, one.StepName, one.Opinion })
            .ToListAsync(cancellationToken);
        return [.. again.SelectMany(one => returns
            .Where(sent => sent.CaseId == one.CaseId && sent.ReturnTo == one.ActivityId && sent.At <= one.OpenedAt && sent.At >= one.Before)
            .OrderBy(sent => sent.At).TakeLast(1)
            .Select(sent => new SentBackTask(one.Id, sent.SignatureLine, sent.StepName, sent.Opinion)))];
    }
}
