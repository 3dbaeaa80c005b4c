using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>
/// 转办 — whoever has a task gives it to a colleague, with a reason. The task closes for the one and opens for the other in the same
/// place of the step; what the step asks for does not change.
/// </summary>
public sealed class HandOverTask(
    ApprovalsDbContext db, UnitOfWork unitOfWork, HeldTasks held, FurtherSigners signers, OpenStep steps, Notifier notifier,
    CurrentPerson person, AuditTrail audit, Announcer announcer, TimeProvider clock, IServiceProvider services)
{
    /// <summary>Longest reason in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>Whether a task can be handed over, before anybody is chosen; null when it can, else why not.</summary>
    public static string? Refusal(TaskView view) => view switch
    {
        { Options.CanHandOver: false } => "此环节须由指定人员本人办理，不能转办；可以设置代理人。",
        { Step.Kind: StepKind.Form } when view.Task.AssigneeId == view.Case.ApplicantId => "申请须由申请人本人填写，不能转办。",
        _ => null,
    };

    /// <summary>Hands the task over as the signed-in person.</summary>
    /// <param name="taskId">Their open task, or that of somebody they stand in for.</param>
    /// <param name="toId">One of <see cref="FurtherSigners"/>.</param>
    /// <param name="reason">Why; required, at most <see cref="LongestReason"/> characters.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<ActOutcome> HandOverAsync(Guid taskId, Guid? toId, string? reason, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var outcome = await HandOverInTransactionAsync(taskId, toId, reason?.Trim(), cancellationToken);
                if (outcome is not ActOutcome.Done)
                    scope.Abort();
                return outcome;
            },
            cancellationToken);

    private async Task<ActOutcome> HandOverInTransactionAsync(Guid taskId, Guid? toId, string? reason, CancellationToken cancellationToken)
    {
        var (view, refusal) = await held.TakeAsync(taskId, cancellationToken);
        if (view is null)
            return refusal!;
        if (Refusal(view) is { } why)
            return new ActOutcome.NotAllowed(why);
        var (to, wrong) = await signers.ChooseAsync(view, toId, reason, cancellationToken);
        if (to is null)
            return wrong!;

        var now = clock.GetUtcNow();
        var line = view.LineOf(person.Name);
        announcer.Announce(WebhookEvents.TaskClosed, view.Task);
        view.Task.State = TaskState.Closed;
        view.Task.ClosedAt = now;
        view.Task.ClosedReason = $"已转办给 {to.Name}";
        var passed = StepTasks.PassOn(view.Task, to.Id, line, now);
        db.Tasks.Add(passed);

        // 加签: whoever was to sign before or after the one now signs before or after the other.
        foreach (var added in await db.Tasks.Where(one => one.AddedForTaskId == taskId).ToListAsync(cancellationToken))
            added.AddedForTaskId = passed.Id;
        view.Step.Resolution = StepPeople.With(view.Step.Resolution, to, $"由 {line} 转办：{reason}");
        Record(view, passed, to, reason, line, (await CaseScope.LoadAsync(services, view.Case.Id, cancellationToken))!);
        return new ActOutcome.Done(to.Name);
    }

    private void Record(TaskView view, InboxTask passed, Colleague to, string? reason, string line, CaseScope scope)
    {
        scope.AddEvent("handed-over", view.Step.StepName, $"转办给 {to.Name}", reason, new Signer(person.RequiredId, line));
        audit.Record("task.handed-over", "case", view.Case.Id.ToString(), new
        {
            task = view.Task.Id, to = to.Id, newTask = passed.Id, onBehalfOf = view.OnBehalfOfId,
        });
        steps.Tell(passed, $"{line}将{view.Case.SubjectName}的“{view.Case.ProcessName}”转办给您：{view.Step.StepName}");
        if (view.OnBehalfOfId is { } principal)
            notifier.Tell(principal, $"{person.Name}代您将{view.Case.SubjectName}的“{view.Case.ProcessName}”转办给 {to.Name}", $"/cases/{view.Case.Id}");
    }
}
