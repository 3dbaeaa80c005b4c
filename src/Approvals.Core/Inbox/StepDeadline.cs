using System.Text.Json;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Processes;
using Approvals.Core.Timers;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>Payload of a step's deadline and reminder timers.</summary>
/// <param name="StepRunId">The step.</param>
/// <param name="OnDeadline">remind, approve or reject.</param>
public sealed record StepDeadlinePayload(Guid StepRunId, string OnDeadline);

/// <summary>到期 — tells the people of an overdue step, or ends it with the outcome configured for the deadline.</summary>
public sealed class StepDeadline(
    ApprovalsDbContext db, WorkflowHost host, Notifier notifier, Announcer announcer, TimeProvider clock, IServiceProvider services) : ITimerHandler
{
    /// <summary>Kind of its timer rows.</summary>
    public const string TimerKind = "step-deadline";

    /// <summary>Kind of the line in the history when it has ended a step.</summary>
    public const string EventKind = "automatic";

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <inheritdoc />
    public bool SharesTransaction => true;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<StepDeadlinePayload>(row.Payload, JsonSerializerOptions.Web)!;
        var step = await db.StepRuns.AsNoTracking().FirstOrDefaultAsync(one => one.Id == payload.StepRunId, cancellationToken);
        if (step is null || step.Status is StepStatus.Done or StepStatus.Withdrawn)
            return;
        if (payload.OnDeadline is not ("approve" or "reject"))
        {
            foreach (var task in await StepReminder.TellAsync(db, notifier, step.Id, "已超过办理期限", cancellationToken))
                announcer.Announce(WebhookEvents.TaskOverdue, task);
            return;
        }

        // Race closed: the deadline against a decision. Both take the instance's lock first; the second finds the step ended.
        await host.LockAsync(step.InstanceId, cancellationToken);
        var approved = payload.OnDeadline == "approve";
        var outcome = approved ? StepActivity.Approved : StepActivity.Rejected;
        var now = clock.GetUtcNow();
        var ended = await db.StepRuns
            .Where(one => one.Id == step.Id && (one.Status == StepStatus.Open || one.Status == StepStatus.Unassigned))
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Status, StepStatus.Done)
                    .SetProperty(one => one.Outcome, outcome)
                    .SetProperty(one => one.ClosedAt, now),
                cancellationToken);
        if (ended == 0)
            return;
        await StepTasks.CloseAsync(db, announcer, step.Id, $"到期自动{(approved ? "同意" : "不同意")}", now, cancellationToken);
        var scope = await CaseScope.LoadAsync(services, step.CaseId, cancellationToken);
        scope!.Row.HasDecision = true;
        scope.AddEvent(EventKind, step.StepName, $"到期未办理，系统自动{(approved ? "同意" : "不同意")}");
        await host.ResumeAsync(step.BookmarkId, new Dictionary<string, object?> { ["outcome"] = outcome }, cancellationToken);
    }
}

/// <summary>催办 — one day before the deadline the people of a step are reminded.</summary>
public sealed class StepReminder(ApprovalsDbContext db, Notifier notifier) : ITimerHandler
{
    /// <summary>Kind of its timer rows.</summary>
    public const string TimerKind = "step-reminder";

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <inheritdoc />
    public bool SharesTransaction => true;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<StepDeadlinePayload>(row.Payload, JsonSerializerOptions.Web)!;
        await TellAsync(db, notifier, payload.StepRunId, "即将到期", cancellationToken);
    }

    /// <summary>Tells the people of a step.</summary>
    /// <returns>Their tasks.</returns>
    internal static async Task<IReadOnlyList<InboxTask>> TellAsync(
        ApprovalsDbContext db, Notifier notifier, Guid stepRunId, string what, CancellationToken cancellationToken)
    {
        var open = await db.Tasks.AsNoTracking()
            .Where(task => task.StepRunId == stepRunId && task.State == TaskState.Open)
            .ToListAsync(cancellationToken);
        foreach (var task in open)
        {
            notifier.Tell(
                task.AssigneeId,
                $"{task.SubjectName}的“{task.ProcessName}”{what}：{task.StepName}",
                $"/tasks/{task.Id}",
                $"催办：{task.ProcessName}（{task.CaseNumber}）{task.StepName} · {what}");
        }

        return open;
    }
}
