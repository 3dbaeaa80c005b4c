using System.Text.Json;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Regulations;
using Approvals.Core.Timers;
using Approvals.Core.Webhooks;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>What a step activity asks for.</summary>
public sealed record StepRequest(
    StepKind Kind,
    IReadOnlyList<string> Who,
    StepMode Mode,
    int ThresholdPercent,
    string FormKey,
    string RightsKey,
    StepOptions Options,
    int DeadlineWorkingDays,
    string OnDeadline,
    IReadOnlyList<string> CopyTo);

/// <summary>Opens a step: finds its people, gives them tasks, tells them, and sets the deadline (发起环节).</summary>
public sealed class OpenStep(
    ApprovalsDbContext db,
    TaskRows rows,
    ParticipantResolver resolver,
    WorkingCalendarStore calendars,
    TimerService timers,
    Notifier notifier,
    AuditTrail audit,
    Announcer announcer,
    TimeProvider clock)
{
    /// <summary>Opens the step for an activity that then waits at a bookmark of kind <c>Step</c>.</summary>
    public async Task OpenAsync(ActivityContext context, CaseScope scope, StepRequest request)
    {
        var cancellationToken = context.CancellationToken;
        var bookmark = context.CreateBookmark(StepActivity.BookmarkKind);
        context.SetState(nameof(Bookmark), bookmark.Id.ToString());
        var relative = await scope.ParticipantsAsync(request.Who, cancellationToken);
        var resolution = await resolver.ResolveAsync(
            request.Who, relative with { FillsIn = request.Kind == StepKind.Form }, cancellationToken);

        // 会签、依次、票签 ask everybody named: when somebody of them is not to be found, nobody is skipped silently, the
        // administrator says who it is.
        var people = request.Mode == StepMode.Any || resolution.Unresolved.Count == 0 ? resolution.People : [];
        var facts = await FactsAsync(scope.Row, context.ActivityId, cancellationToken);
        var now = clock.GetUtcNow();
        var (due, reminder) = await DeadlineAsync(request, now, cancellationToken);
        var step = new StepRun
        {
            CaseId = scope.Row.Id,
            InstanceId = context.InstanceId,
            BookmarkId = bookmark.Id,
            ActivityId = context.ActivityId,
            StepName = context.Node.DisplayText,
            Kind = request.Kind,
            Mode = request.Mode,
            ThresholdPercent = request.ThresholdPercent,
            FormKey = request.FormKey,
            RightsKey = request.RightsKey,
            Options = request.Options.ToJson(),
            Round = 1 + facts.EarlierRounds,
            Status = people.Count == 0 ? StepStatus.Unassigned : StepStatus.Open,
            Resolution = JsonSerializer.Serialize(resolution, StoredJson.Full),
            DueAt = due,
            OpenedAt = now,
        };
        db.StepRuns.Add(step);
        audit.Record("step.opened", "case", scope.Row.Id.ToString(), new
        {
            step = step.Id,
            activity = step.ActivityId,
            people = resolution.People.Select(one => new { one.PersonId, one.Spec }),
            unresolved = resolution.Unresolved.Select(one => one.Spec),
        });
        if (people.Count == 0)
            scope.AddEvent("unassigned", step.StepName, "没有找到办理人，已转系统管理员指定", string.Join("；", resolution.Unresolved.Select(one => one.Why)));
        Assign(scope, step, [.. people.Select(one => one.PersonId)], facts);
        ScheduleDeadline(step, request, reminder);
        await CopyAsync(scope, step.StepName, request.CopyTo, cancellationToken);
    }

    /// <summary>Gives a step that is open already to people, in this order; used when an administrator assigns.</summary>
    internal async Task AssignAsync(CaseScope scope, StepRun step, IReadOnlyList<Guid> people, CancellationToken cancellationToken) =>
        Assign(scope, step, people, await FactsAsync(scope.Row, step.ActivityId, cancellationToken));

    private void Assign(CaseScope scope, StepRun step, IReadOnlyList<Guid> people, OpeningFacts facts)
    {
        var row = scope.Row;
        var from = db.Decisions.Local.Where(one => one.CaseId == row.Id).MaxBy(one => one.Id)?.SignatureLine
            ?? facts.LastSigner ?? facts.ApplicantName;
        var now = clock.GetUtcNow();
        for (var order = 0; order < people.Count; order++)
        {
            var queued = step.Mode == StepMode.Sequence && order > 0;
            var task = new InboxTask
            {
                StepRunId = step.Id,
                CaseId = row.Id,
                AssigneeId = people[order],
                State = queued ? TaskState.Queued : TaskState.Open,
                Order = order,
                SubjectName = row.SubjectName,
                CaseNumber = row.Number ?? "",
                ProcessKey = row.ProcessKey,
                ProcessName = row.ProcessName,
                StepName = step.StepName,
                UnitId = row.UnitId,
                UnitName = facts.UnitName,
                FromName = from,
                FailedFindings = facts.FailedFindings,
                ArrivedAt = now,
                DueAt = step.DueAt,
                SortDue = step.DueAt ?? DateTimeOffset.MaxValue.ToUniversalTime(),
            };
            db.Tasks.Add(task);
            if (!queued)
                Tell(task);
        }
    }

    /// <summary>Tells the assignee of a task that it has arrived.</summary>
    /// <param name="task">The task.</param>
    /// <param name="text">What is said; null for the usual sentence.</param>
    internal void Tell(InboxTask task, string? text = null)
    {
        notifier.Tell(
            task.AssigneeId,
            text ?? $"{task.SubjectName}的“{task.ProcessName}”等待您办理：{task.StepName}",
            $"/tasks/{task.Id}",
            $"待办：{task.ProcessName}（{task.CaseNumber}）{task.StepName}");
        announcer.Announce(WebhookEvents.TaskAssigned, task);
    }

    /// <summary>Reads what a step copies. What this unit of work may have found, or has opened in a round before, is stored first, to be counted.</summary>
    private async Task<OpeningFacts> FactsAsync(Case row, string activityId, CancellationToken cancellationToken)
    {
        var isPending = db.ChangeTracker.Entries().Any(entry =>
            entry.Entity is Finding || (entry.State == EntityState.Added && entry.Entity is StepRun step && step.ActivityId == activityId));
        if (isPending)
            await db.SaveChangesAsync(cancellationToken);
        return await rows.OpeningAsync(db, row, activityId, cancellationToken);
    }

    /// <summary>When the step is due, and when its people are reminded: at the end of the working day before, never on a day off.</summary>
    private async Task<(DateTimeOffset? Due, DateTimeOffset? Reminder)> DeadlineAsync(
        StepRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.DeadlineWorkingDays <= 0)
            return (null, null);
        var calendar = await calendars.LoadAsync(cancellationToken);
        var before = calendar.Deadline(now, request.DeadlineWorkingDays - 1);
        return (
            calendar.Deadline(now, request.DeadlineWorkingDays),
            before > now && calendar.IsWorkingDay(ChinaTime.DateOf(before)) ? before : null);
    }

    private void ScheduleDeadline(StepRun step, StepRequest request, DateTimeOffset? reminder)
    {
        if (step.DueAt is not { } due)
            return;
        timers.Schedule(
            $"step-deadline:{step.Id}", StepDeadline.TimerKind, new StepDeadlinePayload(step.Id, request.OnDeadline), due,
            step.InstanceId, step.BookmarkId, isNew: true);
        if (reminder is { } day)
        {
            timers.Schedule(
                $"step-reminder:{step.Id}", StepReminder.TimerKind, new StepDeadlinePayload(step.Id, ""), day,
                step.InstanceId, step.BookmarkId, isNew: true);
        }
    }

    private async Task CopyAsync(
        CaseScope scope, string stepName, IReadOnlyList<string> copyTo, CancellationToken cancellationToken)
    {
        if (copyTo.Count == 0)
            return;
        var people = await resolver.ResolveAsync(copyTo, await scope.ParticipantsAsync(copyTo, cancellationToken), cancellationToken);
        foreach (var one in people.People)
        {
            db.Copies.Add(new CaseCopy { CaseId = scope.Row.Id, PersonId = one.PersonId, Reason = stepName, At = clock.GetUtcNow() });
            notifier.Tell(one.PersonId, $"{scope.Row.SubjectName}的“{scope.Row.ProcessName}”抄送给您", $"/cases/{scope.Row.Id}");
        }
    }
}
