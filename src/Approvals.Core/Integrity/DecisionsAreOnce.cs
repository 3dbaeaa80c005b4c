using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Integrity;

/// <summary>
/// No task and no decision is lost or doubled: an open step has people or is on the administrator's list, an ended one asks nobody, a
/// task that is done has its one decision, a decision has its one line of history (and one more when it was taken back) and the hash of
/// what was shown.
/// </summary>
internal sealed class DecisionsAreOnce(ApprovalsDbContext db) : IInvariant
{
    public async Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken)
    {
        var asksNobody = await db.StepRuns
            .Where(row => row.Status == StepStatus.Open)
            .Where(row => !db.Tasks.Any(one => one.StepRunId == row.Id && one.State == TaskState.Open)
                || !db.Bookmarks.Any(one => one.Id == row.BookmarkId))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var stillAsks = await db.Tasks
            .Where(row => row.State == TaskState.Open || row.State == TaskState.Queued)
            .Where(row => !db.StepRuns.Any(one => one.Id == row.StepRunId
                    && (one.Status == StepStatus.Open || one.Status == StepStatus.Unassigned))
                || !db.Cases.Any(one => one.Id == row.CaseId && one.Status == CaseStatus.Running))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var undecided = await db.Tasks
            .Where(row => row.State == TaskState.Done && !db.Decisions.Any(one => one.TaskId == row.Id))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var notDone = await db.Decisions
            .Where(row => !db.Tasks.Any(one => one.Id == row.TaskId && (one.State == TaskState.Done
                || (one.State == TaskState.Closed && db.CaseEvents.Any(line => line.DecisionId == row.Id && line.Kind == TakeBack.EventKind)))))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var twice = await db.Tasks
            .Where(row => row.State == TaskState.Open || row.State == TaskState.Queued)
            .GroupBy(row => new { row.StepRunId, row.AssigneeId }).Where(group => group.Count() > 1)
            .Select(group => group.Key.StepRunId).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        return
        [
            .. asksNobody.Select(id => new Violation("step", $"step {id}", "办理中的环节没有待办任务，或流程已不在等待它。")),
            .. stillAsks.Select(id => new Violation("task", $"task {id}", "环节或业务件已结束，待办任务仍未关闭。")),
            .. undecided.Select(id => new Violation("decision", $"task {id}", "任务已办，但没有办理记录。")),
            .. notDone.Select(id => new Violation("decision", $"decision {id}", "有办理记录，但任务不是已办。")),
            .. twice.Select(id => new Violation("task", $"step {id}", "同一环节对同一人有两条待办。")),
            .. await HistoryAsync(cancellationToken),
            .. await HashesAsync(cancellationToken),
        ];
    }

    private async Task<List<Violation>> HistoryAsync(CancellationToken cancellationToken)
    {
        var wrong = await db.Decisions
            .Where(row => db.CaseEvents.Count(one => one.CaseId == row.CaseId && one.DecisionId == row.Id && one.Kind != TakeBack.EventKind) != 1)
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        return wrong.ConvertAll(id => new Violation("history", $"decision {id}", "办理过程中缺少这次办理，或记了两次。"));
    }

    private async Task<List<Violation>> HashesAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<Violation>();
        var decisions = db.Decisions.AsNoTracking().Select(row => new { row.Id, row.Shown, row.ShownHash });
        await foreach (var decision in decisions.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (DefinitionHash.Of(decision.Shown) != decision.ShownHash && wrong.Count < IntegrityCheck.Limit)
                wrong.Add(new Violation("shown", $"decision {decision.Id}", "签批时展示的内容与其校验码不符。"));
        }

        return wrong;
    }
}
