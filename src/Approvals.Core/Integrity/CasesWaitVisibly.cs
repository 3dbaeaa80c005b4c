using System.Text.Json;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Draws.Activities;
using Approvals.Core.Inbox;
using Approvals.Core.Notices;
using Approvals.Core.Notices.Activities;
using Approvals.Core.Processes;
using Approvals.Core.Training;
using Approvals.Core.Training.Activities;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Integrity;

/// <summary>
/// Every open case waits on something that somebody can see or that comes by itself: a step with people or on the administrator's list,
/// a notice, a place in training, a draw, a timer, a message, a sub-process, or an incident on the administrator's list.
/// </summary>
internal sealed class CasesWaitVisibly(ApprovalsDbContext db) : IInvariant
{
    private const string Running = nameof(WorkflowStatus.Running);

    public async Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken)
    {
        var dead = await db.Cases
            .Where(row => row.Status == CaseStatus.Running)
            .Where(row => !db.Instances.Any(one => one.Id == row.InstanceId && one.Status == Running))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var nowhere = await db.Instances
            .Where(row => row.Status == Running && !db.Bookmarks.Any(one => one.InstanceId == row.Id))
            .Where(row => !db.Incidents.Any(one => one.InstanceId == row.Id && one.ResolvedAt == null))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var unseen = await Unseen().Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        var stale = await db.Bookmarks
            .Where(row => !db.Instances.Any(one => one.Id == row.InstanceId && one.Status == Running))
            .Select(row => row.Id).Take(IntegrityCheck.Limit).ToListAsync(cancellationToken);
        return
        [
            .. dead.Select(id => new Violation("waits", $"case {id}", "办理中的业务件没有正在运行的流程。")),
            .. nowhere.Select(id => new Violation("waits", $"instance {id}", "运行中的流程既不等待任何事项，也没有故障记录。")),
            .. unseen.Select(id => new Violation("waits", $"bookmark {id}", "流程等待的事项已不存在，不会再有人办理。")),
            .. stale.Select(id => new Violation("waits", $"bookmark {id}", "已结束的流程仍留有等待点。")),
            .. await StatesAsync(cancellationToken),
        ];
    }

    /// <summary>Bookmarks that nothing will ever resume. A timer that still waits resumes any of them.</summary>
    private IQueryable<WorkflowBookmarkRow> Unseen() => db.Bookmarks
        .Where(row => !db.Timers.Any(one => one.BookmarkId == row.Id && one.FiredAt == null && one.CancelledAt == null))
        .Where(row => row.Kind == BookmarkKinds.Timer
            || (row.Kind == StepActivity.BookmarkKind && !db.StepRuns.Any(one => one.BookmarkId == row.Id
                && (one.Status == StepStatus.Open || one.Status == StepStatus.Unassigned)))
            || (row.Kind == PublicNoticeActivity.BookmarkKind && !db.Notices.Any(one => one.BookmarkId == row.Id
                && (one.Status == NoticeStatus.Running || one.Status == NoticeStatus.Held)))
            || (row.Kind == TrainingActivity.BookmarkKind && !db.TrainingEnrolments.Any(one => one.BookmarkId == row.Id
                && (one.Status == TrainingStatus.Waiting || one.Status == TrainingStatus.Enrolled)))
            || (row.Kind == DrawActivity.BookmarkKind && !db.DrawRequests.Any(one => one.BookmarkId == row.Id))
            || (row.Kind == BookmarkKinds.Child
                && !db.Instances.Any(one => one.ParentBookmarkId == row.Id && one.Status == Running))
            || (row.Kind == BookmarkKinds.Event && row.Key == null));

    /// <summary>The rows of bookmarks and incidents are those of the stored state: a resume finds what the lists show.</summary>
    private async Task<List<Violation>> StatesAsync(CancellationToken cancellationToken)
    {
        var found = new List<Violation>();
        var bookmarks = (await db.Bookmarks.AsNoTracking().Select(row => new { row.InstanceId, row.Id }).ToListAsync(cancellationToken))
            .ToLookup(row => row.InstanceId, row => row.Id);
        var incidents = (await db.Incidents.AsNoTracking().Where(row => row.ResolvedAt == null)
            .Select(row => new { row.InstanceId, row.Id }).ToListAsync(cancellationToken)).ToLookup(row => row.InstanceId, row => row.Id);
        var instances = db.Instances.AsNoTracking().Where(row => row.Status == Running).Select(row => new { row.Id, row.State });
        await foreach (var instance in instances.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (Read(instance.State) is not { } state)
            {
                found.Add(new Violation("state", $"instance {instance.Id}", "流程状态无法读取。"));
                continue;
            }

            if (!bookmarks[instance.Id].ToHashSet().SetEquals(state.Bookmarks.Select(one => one.Id)))
                found.Add(new Violation("state", $"instance {instance.Id}", "流程状态中的等待点与数据表不符。"));
            if (!incidents[instance.Id].ToHashSet().SetEquals(state.Incidents.Select(one => one.Id)))
                found.Add(new Violation("state", $"instance {instance.Id}", "流程状态中的故障与数据表不符。"));
        }

        return found;
    }

    private static WorkflowState? Read(string json)
    {
        try
        {
            return WorkflowState.Deserialize(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
