using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>A signature that somebody asked for and that is still to come.</summary>
/// <param name="TaskId">Task of whoever was asked.</param>
/// <param name="Name">Who.</param>
/// <param name="StepName">At which step.</param>
/// <param name="IsDelegated">Whether work was asked for (委派) and no signature.</param>
public sealed record AskedSigner(Guid TaskId, string Name, string StepName, bool IsDelegated);

/// <summary>撤销加签 — whoever asked for a signature, or for work (委派), takes the request back while it has not been given.</summary>
public sealed class RemoveSigner(
    ApprovalsDbContext db, UnitOfWork unitOfWork, HeldTasks held, AddedSignatures signatures, ActingRights acting, Notifier notifier,
    CurrentPerson person, AuditTrail audit, Announcer announcer, TimeProvider clock, IServiceProvider services)
{
    /// <summary>Requests of the signed-in person in a case that can be taken back.</summary>
    public async Task<IReadOnlyList<AskedSigner>> OfAsync(Guid caseId, CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        return await (
            from task in db.Tasks.AsNoTracking()
            join asker in db.Tasks on task.AddedForTaskId equals asker.Id
            join signer in db.People on task.AssigneeId equals signer.Id
            where task.CaseId == caseId && (task.AddedById == me || asker.AssigneeId == me)
                && (task.State == TaskState.Queued || (task.State == TaskState.Open && task.AddedPlace != AddedPlace.After
                    && (task.AddedPlace != AddedPlace.Beside || asker.State != TaskState.Done)))
            orderby task.Id
            select new AskedSigner(task.Id, signer.Name, task.StepName, task.AddedPlace == AddedPlace.Delegated)).ToListAsync(cancellationToken);
    }

    /// <summary>Takes a request back. One that the step already waits for, after whoever asked has signed, stands.</summary>
    public Task<ActOutcome> RemoveAsync(Guid taskId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var outcome = await RemoveInTransactionAsync(taskId, cancellationToken);
            if (outcome is not ActOutcome.Done)
                scope.Abort();
            return outcome;
        },
        cancellationToken);

    private async Task<ActOutcome> RemoveInTransactionAsync(Guid taskId, CancellationToken cancellationToken)
    {
        if (!await held.LockAsync(taskId, cancellationToken))
            return new ActOutcome.NotFound();
        var task = await db.Tasks.FirstAsync(one => one.Id == taskId, cancellationToken);
        if (task.AddedForTaskId is not { } askedBy)
            return new ActOutcome.NotFound();
        var asker = await db.Tasks.FirstAsync(one => one.Id == askedBy, cancellationToken);
        var applicantId = await db.Cases.Where(one => one.Id == task.CaseId).Select(one => one.ApplicantId).FirstAsync(cancellationToken);
        if (task.AddedById != person.Id && !await acting.CanActForAsync(
            person.RequiredId, asker.AssigneeId, asker.ProcessKey, clock.Today(), applicantId, cancellationToken))
        {
            return new ActOutcome.NotYours();
        }

        if (task.State is TaskState.Done or TaskState.Closed)
            return new ActOutcome.AlreadyDecided(await NameAsync(task.DecidedById, cancellationToken), task.ClosedAt, task.DecidedAs ?? task.ClosedReason);
        if (task is { State: TaskState.Open, AddedPlace: AddedPlace.After } or { AddedPlace: AddedPlace.Beside } && asker.State == TaskState.Done
            || await db.Tasks.AnyAsync(
                one => one.AddedForTaskId == taskId && one.State != TaskState.Closed, cancellationToken))
        {
            return new ActOutcome.NotAllowed("已轮到加签人办理，不能再撤销。");
        }

        return await CloseAsync(task, asker, cancellationToken);
    }

    private async Task<ActOutcome> CloseAsync(InboxTask task, InboxTask asker, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var wasOpen = task.State == TaskState.Open;
        if (wasOpen)
            announcer.Announce(WebhookEvents.TaskClosed, task);
        task.State = TaskState.Closed;
        task.ClosedAt = now;
        var isDelegated = task.AddedPlace == AddedPlace.Delegated;
        task.ClosedReason = isDelegated ? "委派已撤销" : "加签已撤销";
        if (task.AddedPlace is AddedPlace.Before or AddedPlace.Delegated)
            await signatures.GiveBackAsync(asker, task.Id, now, cancellationToken);
        var name = await NameAsync(task.AssigneeId, cancellationToken) ?? "";
        var scope = (await CaseScope.LoadAsync(services, task.CaseId, cancellationToken))!;
        scope.AddEvent("signer-removed", task.StepName, isDelegated ? $"撤销对 {name} 的委派" : $"撤销对 {name} 的加签", null, new Signer(person.RequiredId, person.Name));
        audit.Record("task.signer-removed", "case", task.CaseId.ToString(), new { task = task.Id, person = task.AssigneeId });
        if (wasOpen)
        {
            var text = isDelegated
                ? $"{person.Name}撤销了请您办理{task.SubjectName}的“{task.ProcessName}”的委派"
                : $"{person.Name}撤销了请您签署{task.SubjectName}的“{task.ProcessName}”的加签";
            notifier.Tell(task.AssigneeId, text, $"/cases/{task.CaseId}");
        }

        return new ActOutcome.Done(name);
    }

    private Task<string?> NameAsync(Guid? id, CancellationToken cancellationToken) =>
        db.People.Where(one => one.Id == id).Select(one => one.Name).FirstOrDefaultAsync(cancellationToken);
}
