using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;

namespace Approvals.Core.Inbox;

/// <summary>
/// 委派 — whoever has a task lets a colleague do the work, which then comes back to be decided: the colleague fills in what the step asks
/// for and says what they think, under their own name; the decision and its signature stay with the one who asked (转办 gives those away).
/// </summary>
public sealed class DelegateTask(
    ApprovalsDbContext db, UnitOfWork unitOfWork, HeldTasks held, FurtherSigners signers, OpenStep steps, CurrentPerson person,
    AuditTrail audit, TimeProvider clock, IServiceProvider services)
{
    /// <summary>Whether a task can be delegated, before anybody is chosen; null when it can, else why not.</summary>
    public static string? Refusal(TaskView view) => view switch
    {
        { Task.AddedForTaskId: not null } => "同事请您加签或委派给您的，不能再委派。",
        { Step.Mode: StepMode.Vote } => "投票须由本人作出，不能委派。",
        _ => HandOverTask.Refusal(view),
    };

    /// <summary>Delegates the task as the signed-in person.</summary>
    /// <param name="taskId">Their open task, or that of somebody they stand in for.</param>
    /// <param name="toId">One of <see cref="FurtherSigners"/>.</param>
    /// <param name="reason">What is to be done; required, at most <see cref="HandOverTask.LongestReason"/> characters.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<ActOutcome> DelegateAsync(Guid taskId, Guid? toId, string? reason, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var outcome = await DelegateInTransactionAsync(taskId, toId, reason?.Trim(), cancellationToken);
            if (outcome is not ActOutcome.Done)
                scope.Abort();
            return outcome;
        },
        cancellationToken);

    private async Task<ActOutcome> DelegateInTransactionAsync(Guid taskId, Guid? toId, string? reason, CancellationToken cancellationToken)
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
        view.Task.State = TaskState.Queued;
        var task = StepTasks.AddTo(view.Task, to.Id, AddedPlace.Delegated, TaskState.Open, person.RequiredId, line, now);
        db.Tasks.Add(task);
        view.Step.Resolution = StepPeople.With(view.Step.Resolution, to, $"由 {line} 委派：{reason}");
        steps.Tell(task, $"{line}委派您办理{view.Case.SubjectName}的“{view.Case.ProcessName}”：{view.Step.StepName}，办完后由其决定");
        var scope = (await CaseScope.LoadAsync(services, view.Case.Id, cancellationToken))!;
        scope.AddEvent("delegated", view.Step.StepName, $"委派 {to.Name} 办理", reason, new Signer(person.RequiredId, line));
        audit.Record("task.delegated", "case", view.Case.Id.ToString(), new
        {
            task = view.Task.Id, to = to.Id, newTask = task.Id, onBehalfOf = view.OnBehalfOfId,
        });
        return new ActOutcome.Done(to.Name);
    }
}
