using Approvals.Core.Data;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>Guarded changes of a step's tasks.</summary>
internal static class StepTasks
{
    /// <summary>Closes what is still open of a step (撤销) with the reason; tasks already done keep their decision.</summary>
    public static async Task CloseAsync(
        ApprovalsDbContext db, Announcer announcer, Guid stepRunId, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await announcer.ClosingAsync(stepRunId, cancellationToken);
        await db.Tasks
            .Where(task => task.StepRunId == stepRunId && (task.State == TaskState.Open || task.State == TaskState.Queued))
            .ExecuteUpdateAsync(
                set => set.SetProperty(task => task.State, TaskState.Closed)
                    .SetProperty(task => task.ClosedAt, now)
                    .SetProperty(task => task.ClosedReason, reason),
                cancellationToken);
    }

    /// <summary>
    /// Claims a task for a decision, under the instance's lock and after it was read open. Race closed once more, should the lock ever
    /// fail: the state is a concurrency token, so the update finds the task open only once, or nothing is stored.
    /// </summary>
    public static void Claim(InboxTask task, Guid deciderId, string decidedAs, DateTimeOffset now)
    {
        task.State = TaskState.Done;
        task.ClosedAt = now;
        task.DecidedById = deciderId;
        task.DecidedAs = decidedAs;
    }

    /// <summary>The same place in the step for somebody else, as a task that has just arrived.</summary>
    public static InboxTask PassOn(InboxTask task, Guid toId, string fromName, DateTimeOffset now) => For(
        task, toId, TaskState.Open, fromName, now,
        task is { AddedForTaskId: { } asked, AddedById: { } by, AddedPlace: { } place } ? new Added(asked, by, place) : null);

    /// <summary>A task beside another, for a signature that its holder asked for.</summary>
    public static InboxTask AddTo(
        InboxTask task, Guid personId, AddedPlace place, TaskState state, Guid addedById, string fromName, DateTimeOffset now) =>
        For(task, personId, state, fromName, now, new Added(task.Id, addedById, place));

    private static InboxTask For(InboxTask task, Guid personId, TaskState state, string fromName, DateTimeOffset now, Added? added) => new()
    {
        StepRunId = task.StepRunId,
        CaseId = task.CaseId,
        AssigneeId = personId,
        State = state,
        Order = task.Order,
        SubjectName = task.SubjectName,
        CaseNumber = task.CaseNumber,
        ProcessKey = task.ProcessKey,
        ProcessName = task.ProcessName,
        StepName = task.StepName,
        UnitName = task.UnitName,
        UnitId = task.UnitId,
        FromName = fromName,
        FailedFindings = task.FailedFindings,
        ArrivedAt = now,
        DueAt = task.DueAt,
        SortDue = task.SortDue,
        AddedForTaskId = added?.ForTaskId,
        AddedById = added?.ById,
        AddedPlace = added?.Place,
    };

    private sealed record Added(Guid ForTaskId, Guid ById, AddedPlace Place);
}
