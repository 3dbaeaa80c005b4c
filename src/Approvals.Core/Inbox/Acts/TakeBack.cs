using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Webhooks;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>
/// 收回 — whoever has decided takes the decision back, until the next person has opened the task. While the step still waits for others the
/// answer alone is taken out; when it has ended, whoever is next loses the unopened task and the step runs once more. The decision stays
/// stored with its signature and hash, marked by its task; nothing counts it, prints it or pays by it.
/// </summary>
public sealed class TakeBack(
    ApprovalsDbContext db, UnitOfWork unitOfWork, HeldTasks held, WorkflowHost host, DefinitionCatalogue catalogue, Notifier notifier, CurrentPerson person,
    AuditTrail audit, Announcer announcer, TimeProvider clock, IServiceProvider services)
{
    /// <summary>Kind of the line in the history.</summary>
    public const string EventKind = "taken-back";

    /// <summary>Longest reason in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>What may have happened since the decision: everything else has had effects that no second run of the step undoes.</summary>
    private static readonly string[] Harmless = ["checked", UrgeCase.EventKind];

    /// <summary>Why the signed-in person cannot take back what was decided on a task, as it stands now; null when they can.</summary>
    public async Task<string?> RefusalAsync(Guid taskId, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.AsNoTracking().FirstOrDefaultAsync(one => one.Id == taskId, cancellationToken);
        return task is null || task.DecidedById != person.Id ? "只有办理人本人可以收回。" : (await GroundAsync(task, cancellationToken) as Refused)?.Why;
    }

    /// <summary>The task of the signed-in person's last decision in a case, when it can be taken back as things stand now; null otherwise.</summary>
    public async Task<Guid?> OfCaseAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var last = await db.Tasks.AsNoTracking().Where(one => one.CaseId == caseId && one.DecidedById == person.Id && one.State == TaskState.Done)
            .OrderByDescending(one => one.ClosedAt).ThenByDescending(one => one.Id).FirstOrDefaultAsync(cancellationToken);
        return last is not null && await GroundAsync(last, cancellationToken) is Allowed ? last.Id : null;
    }

    /// <summary>Takes the decision on a task back as the signed-in person.</summary>
    /// <param name="taskId">A task that they have decided.</param>
    /// <param name="reason">Why; required, at most <see cref="LongestReason"/> characters.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>With the name of the step when it is done.</returns>
    public Task<ActOutcome> TakeBackAsync(Guid taskId, string? reason, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var outcome = await TakeBackInTransactionAsync(taskId, reason?.Trim(), cancellationToken);
            if (outcome is not ActOutcome.Done)
                scope.Abort();
            return outcome;
        },
        cancellationToken);

    private async Task<ActOutcome> TakeBackInTransactionAsync(Guid taskId, string? reason, CancellationToken cancellationToken)
    {
        if (!await held.LockAsync(taskId, cancellationToken))
            return new ActOutcome.NotFound();
        var task = await db.Tasks.FirstAsync(one => one.Id == taskId, cancellationToken);
        if (task.DecidedById != person.Id)
            return new ActOutcome.NotYours();
        var ground = await GroundAsync(task, cancellationToken);
        if (ground is Refused refused)
            return new ActOutcome.NotAllowed(refused.Why);
        if (string.IsNullOrEmpty(reason))
            return new ActOutcome.Invalid("reason", "收回原因", "请写明收回原因。");
        if (reason.Length > LongestReason)
            return new ActOutcome.Invalid("reason", "收回原因", $"收回原因最多 {LongestReason} 字，现为 {reason.Length} 字。");
        return await UndoAsync(task, (Allowed)ground, reason, cancellationToken);
    }

    /// <summary>Whether and how the decision on a task can be taken back.</summary>
    private async Task<Ground> GroundAsync(InboxTask task, CancellationToken cancellationToken)
    {
        if (task.State != TaskState.Done)
            return new Refused("这项办理已经收回，或已不再有效。");
        if (task.AddedForTaskId is not null || await db.Tasks.AnyAsync(one => one.AddedForTaskId == task.Id && one.State != TaskState.Closed, cancellationToken))
            return new Refused("有加签或委派的待办不能收回。");
        var step = await db.StepRuns.FirstAsync(one => one.Id == task.StepRunId, cancellationToken);
        var decision = await db.Decisions.AsNoTracking().FirstAsync(one => one.TaskId == task.Id, cancellationToken);
        if (!await db.Cases.AnyAsync(one => one.Id == task.CaseId && one.Status == CaseStatus.Running, cancellationToken))
            return new Refused("业务件已办结，不能收回。");
        return step.Status switch
        {
            StepStatus.Open => await AmongColleaguesAsync(task, step, decision, cancellationToken),
            StepStatus.Done => await BeforeTheNextAsync(step, decision, cancellationToken),
            _ => new Refused("这个环节已经撤销，不能收回。"),
        };
    }

    /// <summary>The step still waits: only whoever is asked next in order could have begun.</summary>
    private async Task<Ground> AmongColleaguesAsync(InboxTask task, StepRun step, Decision decision, CancellationToken cancellationToken)
    {
        if (step.Mode != StepMode.Sequence)
            return new Allowed(step, decision, []);
        var later = await db.Tasks.AsNoTracking()
            .Where(one => one.StepRunId == step.Id && one.Order > task.Order && one.State != TaskState.Queued).ToListAsync(cancellationToken);
        return later.TrueForAll(one => one is { State: TaskState.Open, OpenedAt: null, AddedForTaskId: null })
            ? new Allowed(step, decision, later)
            : new Refused("下一位办理人已经打开待办，不能收回。");
    }

    /// <summary>The step has ended: whoever is next must not have begun, and nothing else must have happened.</summary>
    private async Task<Ground> BeforeTheNextAsync(StepRun step, Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Kind is not (DecisionKind.Approve or DecisionKind.Submit))
            return new Refused("退回和不同意一经作出即生效，不能收回；请与收到的人联系。");
        if (await db.StandingDecisions().AnyAsync(one => one.StepRunId == step.Id && one.Id != decision.Id, cancellationToken))
            return new Refused("本环节由多人办理并已全部办完，不能收回；请与下一环节的办理人联系。");
        var line = await db.CaseEvents.Where(one => one.CaseId == step.CaseId && one.DecisionId == decision.Id).Select(one => one.Id).FirstAsync(cancellationToken);
        if (await db.CaseEvents.AnyAsync(
            one => one.CaseId == step.CaseId && one.Id.CompareTo(line) > 0 && !Harmless.Contains(one.Kind), cancellationToken))
        {
            return new Refused("其后已经办理了其他事项，不能收回。");
        }

        var next = await db.StepRuns.Where(one => one.CaseId == step.CaseId && (one.Status == StepStatus.Open || one.Status == StepStatus.Unassigned))
            .OrderBy(one => one.Id).ToListAsync(cancellationToken);
        if (next.Count == 0 || next.Exists(one => one.InstanceId != step.InstanceId || one.Status != StepStatus.Open || one.OpenedAt < decision.At))
            return new Refused("下一步不是由人办理，或另有并行的环节，不能收回。");
        var runs = next.ConvertAll(one => one.Id);
        var tasks = await db.Tasks.AsNoTracking().Where(one => runs.Contains(one.StepRunId)).ToListAsync(cancellationToken);
        if (tasks.Exists(one => one.OpenedAt is not null || one.State is TaskState.Done or TaskState.Closed))
            return new Refused("下一环节的办理人已经打开待办，不能收回；请与对方联系。");
        var from = await BackFromAsync(step, next, cancellationToken);
        return from is null
            ? new Refused("下一环节不能回到这里，不能收回。")
            : new AllowedBehind(step, decision, tasks.FindAll(one => one.State == TaskState.Open), next, from);
    }

    /// <summary>The step from which the workflow goes back to one that has ended; null when it goes back from none.</summary>
    private async Task<StepRun?> BackFromAsync(StepRun step, List<StepRun> next, CancellationToken cancellationToken)
    {
        var instance = await db.Instances.AsNoTracking().FirstAsync(one => one.Id == step.InstanceId, cancellationToken);
        var definition = await catalogue.GetAsync(instance.DefinitionVersionId, cancellationToken);
        var state = WorkflowState.Deserialize(instance.State);
        return next.Find(one => StateReturns.Of(definition.Workflow, state, one.ActivityId).Contains(step.ActivityId));
    }

    private async Task<ActOutcome> UndoAsync(InboxTask task, Allowed ground, string reason, CancellationToken cancellationToken)
    {
        var (step, decision, now) = (ground.Step, ground.Decision, clock.GetUtcNow());
        if (!await TakeFromOthersAsync(ground, now, cancellationToken))
            return new ActOutcome.NotAllowed("下一环节的办理人刚刚打开了待办，不能收回。");

        var word = task.DecidedAs;
        (task.State, task.DecidedById, task.DecidedAs, task.ClosedReason) = (TaskState.Closed, null, null, $"{decision.SignatureLine}已收回：{word}");
        await UnwaiveAsync(decision, cancellationToken);
        var scope = (await CaseScope.LoadAsync(services, task.CaseId, cancellationToken))!;
        scope.AddEvent(EventKind, step.StepName, $"收回：{word}", reason, new Signer(person.RequiredId, decision.SignatureLine), decision.Id);
        scope.Row.UpdatedAt = now;
        scope.Row.HasDecision = scope.Row.HasDecision && await IsDecidedWithoutAsync(decision, scope, cancellationToken);
        audit.Record("task.taken-back", "case", task.CaseId.ToString(), new { task = task.Id, decision = decision.Id, next = ground.Unopened.Select(one => one.Id) });
        foreach (var other in ground.Unopened)
            notifier.Tell(other.AssigneeId, $"{decision.SignatureLine}收回了对{other.SubjectName}的“{other.ProcessName}”的办理，您暂不需要办理", $"/cases/{other.CaseId}");

        if (ground is not AllowedBehind { From: var from })
        {
            db.Tasks.Add(StepTasks.PassOn(task, task.AssigneeId, task.FromName ?? "", now));
            return new ActOutcome.Done(step.StepName);
        }

        (from.Status, from.Outcome, from.ClosedAt) = (StepStatus.Done, StepActivity.TakenBack, now);
        await db.SaveChangesAsync(cancellationToken);
        await host.ResumeAsync(
            from.BookmarkId, new StepResult(StepActivity.TakenBack, step.ActivityId).ToInput(), cancellationToken,
            new WaitingAt(from.InstanceId, HasTimers: from.DueAt is not null));
        return new ActOutcome.Done(step.StepName);
    }

    /// <summary>
    /// Takes the tasks from whoever is next. Race closed: opening a task takes no lock of the instance; of an opening and this the row's own
    /// lets one be first, and who has opened it keeps it.
    /// </summary>
    /// <returns>False when somebody has opened one meanwhile.</returns>
    private async Task<bool> TakeFromOthersAsync(Allowed ground, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ground.Unopened.Count == 0)
            return true;
        foreach (var run in ground.Unopened.Select(one => one.StepRunId).Distinct())
            await announcer.ClosingAsync(run, cancellationToken);
        var why = $"{ground.Decision.SignatureLine}收回了上一环节的办理";
        var ids = ground.Unopened.Select(one => one.Id).ToList();
        var unopened = db.Tasks.Where(one => ids.Contains(one.Id) && one.State == TaskState.Open && one.OpenedAt == null);
        var behind = ground as AllowedBehind;
        var taken = behind is null
            ? await unopened.ExecuteUpdateAsync(set => set.SetProperty(one => one.State, TaskState.Queued), cancellationToken)
            : await unopened.ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, TaskState.Closed).SetProperty(one => one.ClosedAt, now)
                    .SetProperty(one => one.ClosedReason, why),
                cancellationToken);
        if (taken != ids.Count)
            return false;
        foreach (var run in behind?.Next ?? [])
            await StepTasks.CloseAsync(db, announcer, run.Id, why, now, cancellationToken);
        return true;
    }

    /// <summary>
    /// Whether anything but this decision keeps the applicant from withdrawing (撤回): a standing decision of somebody else, in any round, or a
    /// deadline. Race closed: withdrawing takes the instance's lock too, and reads the case anew under it.
    /// </summary>
    private async Task<bool> IsDecidedWithoutAsync(Decision decision, CaseScope scope, CancellationToken cancellationToken)
    {
        var (caseId, applicantId) = (decision.CaseId, scope.Row.ApplicantId);
        return await db.StandingDecisions().AnyAsync(
                one => one.CaseId == caseId && one.Id != decision.Id && one.DeciderId != applicantId, cancellationToken)
            || await db.CaseEvents.AnyAsync(one => one.CaseId == caseId && one.Kind == StepDeadline.EventKind, cancellationToken);
    }

    /// <summary>放宽 was granted by this signature (T§12.4); without it the finding stands as it was.</summary>
    private async Task UnwaiveAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (!StepOptions.Read((await db.StepRuns.FirstAsync(one => one.Id == decision.StepRunId, cancellationToken)).Options).GrantsWaivers)
            return;
        foreach (var finding in await db.Findings
            .Where(one => one.CaseId == decision.CaseId && one.IsCurrent && one.Verdict == Verdict.Waived && one.WaivedById == decision.DeciderId)
            .ToListAsync(cancellationToken))
        {
            (finding.Verdict, finding.WaiverReason, finding.WaivedById) = (Verdict.Fail, null, null);
            audit.Record("finding.waiver-withdrawn", "case", decision.CaseId.ToString(), new { finding = finding.Id, finding.Rule });
        }
    }

    /// <summary>Whether a decision can be taken back.</summary>
    private abstract record Ground;

    /// <summary>It cannot.</summary>
    /// <param name="Why">One Chinese sentence.</param>
    private sealed record Refused(string Why) : Ground;

    /// <summary>It can while its step still waits for others.</summary>
    /// <param name="Step">The step of the decision.</param>
    /// <param name="Decision">What is taken back.</param>
    /// <param name="Unopened">Tasks that whoever is next has not opened.</param>
    private record Allowed(StepRun Step, Decision Decision, IReadOnlyList<InboxTask> Unopened) : Ground;

    /// <summary>It can although its step has ended.</summary>
    /// <param name="Step">The step of the decision.</param>
    /// <param name="Decision">What is taken back.</param>
    /// <param name="Unopened">Tasks that whoever is next has not opened.</param>
    /// <param name="Next">The steps that followed.</param>
    /// <param name="From">The one of them from which the workflow goes back.</param>
    private sealed record AllowedBehind(
        StepRun Step, Decision Decision, IReadOnlyList<InboxTask> Unopened, IReadOnlyList<StepRun> Next, StepRun From)
        : Allowed(Step, Decision, Unopened);
}
