using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;

namespace Approvals.Core.Inbox;

/// <summary>
/// 加签 — whoever has a task of approval asks colleagues to sign as well: before (their own task waits until all have agreed), beside (at
/// the same time; the step waits for both) or after (the step waits, once they have agreed themselves). Who was asked may agree, refuse or
/// return like whoever asked, but fills in nothing, waives nothing and asks nobody further.
/// </summary>
public sealed class AddSigners(
    ApprovalsDbContext db, UnitOfWork unitOfWork, HeldTasks held, FurtherSigners signers, OpenStep steps, CurrentPerson person,
    AuditTrail audit, TimeProvider clock, IServiceProvider services)
{
    /// <summary>How many may be asked at once.</summary>
    public const int Most = 5;

    /// <summary>Longest reason in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>Why nobody can be asked in at a task; null when somebody can.</summary>
    public static string? Refusal(TaskView view) => view switch
    {
        { Step.Kind: StepKind.Form } => "填写环节不能加签。",
        { Task.AddedForTaskId: not null } => "同事请您加签或委派给您的，不能再加签。",
        { Step.Mode: StepMode.Vote } => "票签环节的投票人已经确定，不能加签。",
        { Options.CanAddSigner: false } => "此环节不能加签。",
        _ => null,
    };

    /// <summary>Asks as the signed-in person.</summary>
    /// <param name="taskId">Their open task, or that of somebody they stand in for.</param>
    /// <param name="people">One to <see cref="Most"/> of <see cref="FurtherSigners"/>; those after sign in this order.</param>
    /// <param name="place">Before, beside or after the one who asks.</param>
    /// <param name="reason">Why; required, at most <see cref="LongestReason"/> characters.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<ActOutcome> AddAsync(
        Guid taskId, IReadOnlyList<Guid> people, AddedPlace? place, string? reason, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var outcome = await AddInTransactionAsync(taskId, people, place, reason?.Trim(), cancellationToken);
                if (outcome is not ActOutcome.Done)
                    scope.Abort();
                return outcome;
            },
            cancellationToken);

    private async Task<ActOutcome> AddInTransactionAsync(
        Guid taskId, IReadOnlyList<Guid> people, AddedPlace? place, string? reason, CancellationToken cancellationToken)
    {
        var (view, refusal) = await held.TakeAsync(taskId, cancellationToken);
        if (view is null)
            return refusal!;
        if (Refusal(view) is { } why)
            return new ActOutcome.NotAllowed(why);
        var known = (await signers.OfAsync(view, cancellationToken)).ToDictionary(one => one.Id);
        var asked = people.Distinct().ToList();
        if (asked.Count is 0 or > Most || asked.Exists(id => !known.ContainsKey(id)))
            return new ActOutcome.Invalid("people", "加签人", $"请选择 1 至 {Most} 名加签人。申请人和在本业务件中签署过意见的人员不能加签。");
        if (place is not (AddedPlace.Before or AddedPlace.Beside or AddedPlace.After))
            return new ActOutcome.Invalid("place", "加签顺序", "请选择在您之前、与您同时还是之后签署。");
        if (string.IsNullOrEmpty(reason))
            return new ActOutcome.Invalid("reason", "加签原因", "请写明加签原因。");
        if (reason.Length > LongestReason)
            return new ActOutcome.Invalid("reason", "加签原因", $"加签原因最多 {LongestReason} 字，现为 {reason.Length} 字。");

        return await AskAsync(view, [.. asked.Select(id => known[id])], place.Value, reason, cancellationToken);
    }

    private async Task<ActOutcome> AskAsync(
        TaskView view, IReadOnlyList<Colleague> asked, AddedPlace place, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var line = view.LineOf(person.Name);
        if (place == AddedPlace.Before)
            view.Task.State = TaskState.Queued;
        foreach (var colleague in asked)
        {
            var task = StepTasks.AddTo(
                view.Task, colleague.Id, place, place == AddedPlace.After ? TaskState.Queued : TaskState.Open, person.RequiredId, line, now);
            db.Tasks.Add(task);
            view.Step.Resolution = StepPeople.With(view.Step.Resolution, colleague, $"由 {line} 加签：{reason}");
            var (subject, process, step) = (view.Case.SubjectName, view.Case.ProcessName, view.Step.StepName);
            if (place == AddedPlace.Before)
                steps.Tell(task, $"{line}请您在其之前签署{subject}的“{process}”：{step}");
            else if (place == AddedPlace.Beside)
                steps.Tell(task, $"{line}请您与其一同签署{subject}的“{process}”：{step}");
        }

        var names = string.Join("、", asked.Select(one => one.Name));
        var scope = (await CaseScope.LoadAsync(services, view.Case.Id, cancellationToken))!;
        scope.AddEvent(
            "added-signer",
            view.Step.StepName,
            place switch { AddedPlace.Before => $"请 {names} 先行签署", AddedPlace.Beside => $"请 {names} 一同签署", _ => $"请 {names} 随后签署" },
            reason,
            new Signer(person.RequiredId, line));
        audit.Record("task.signers-added", "case", view.Case.Id.ToString(), new
        {
            task = view.Task.Id, people = asked.Select(one => one.Id), place = place.ToString(), onBehalfOf = view.OnBehalfOfId,
        });
        return new ActOutcome.Done(names);
    }
}
