using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>
/// 催办 — the applicant, the starter or the owning section reminds whoever has the case. Not more often than the parameter
/// <see cref="ParameterKeys.UrgeIntervalHours"/> allows, whoever urges.
/// </summary>
public sealed class UrgeCase(
    ApprovalsDbContext db, UnitOfWork unitOfWork, WorkflowHost host, CaseAccess access, RegulationParameters parameters, Notifier notifier,
    CurrentPerson person, AuditTrail audit, TimeProvider clock, IServiceProvider services)
{
    /// <summary>Machine word of its line in the history.</summary>
    public const string EventKind = "urged";

    /// <summary>Longest message in characters.</summary>
    public const int LongestMessage = 200;

    /// <summary>Whether the signed-in person may urge the case: they answer for it, and somebody has it.</summary>
    public async Task<bool> IsOfferedAsync(Case row, CancellationToken cancellationToken) =>
        row.Status == CaseStatus.Running && await access.AnswersForAsync(row, cancellationToken)
        && await db.Tasks.AnyAsync(
            task => task.CaseId == row.Id && task.State == TaskState.Open && task.AssigneeId != person.RequiredId, cancellationToken);

    /// <summary>Urges everybody who has the case now.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="message">What to say besides; optional, at most <see cref="LongestMessage"/> characters.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<ActOutcome> UrgeAsync(Guid caseId, string? message, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var outcome = await UrgeInTransactionAsync(caseId, message?.Trim(), cancellationToken);
            if (outcome is not ActOutcome.Done)
                scope.Abort();
            return outcome;
        },
        cancellationToken);

    private async Task<ActOutcome> UrgeInTransactionAsync(Guid caseId, string? message, CancellationToken cancellationToken)
    {
        var row = await db.Cases.AsNoTracking().FirstOrDefaultAsync(one => one.Id == caseId, cancellationToken);
        if (row is null)
            return new ActOutcome.NotFound();
        if (!await access.AnswersForAsync(row, cancellationToken))
            return new ActOutcome.NotYours();
        if (message?.Length > LongestMessage)
            return new ActOutcome.Invalid("message", "催办留言", $"留言最多 {LongestMessage} 字，现为 {message.Length} 字。");
        if (row.InstanceId is not { } instance)
            return new ActOutcome.NotAllowed("此业务件目前没有等待办理的人员，无需催办。");

        // Race closed: two people urge at once, or one while the task is being decided. Both take the instance's lock; the second finds
        // the first's line in the history, or nobody to urge.
        await host.LockAsync(instance, cancellationToken);
        var now = clock.GetUtcNow();
        var hours = (await parameters.ValueAsync(ParameterKeys.UrgeIntervalHours, clock.Today(), cancellationToken)).Whole;
        var last = await db.CaseEvents.AsNoTracking().Where(one => one.CaseId == caseId && one.Kind == EventKind)
            .OrderByDescending(one => one.Id).Select(one => (DateTimeOffset?)one.At).FirstOrDefaultAsync(cancellationToken);
        if (last?.AddHours(hours) is { } again && again > now)
            return new ActOutcome.TooSoon(again);

        var open = await (
            from task in db.Tasks.AsNoTracking()
            join assignee in db.People on task.AssigneeId equals assignee.Id
            where task.CaseId == caseId && task.State == TaskState.Open && task.AssigneeId != person.RequiredId
            orderby task.Id
            select new { Task = task, assignee.Name }).ToListAsync(cancellationToken);
        if (open.Count == 0)
            return new ActOutcome.NotAllowed("此业务件目前没有等待办理的人员，无需催办。");

        foreach (var one in open)
            Tell(one.Task, message);
        var names = string.Join("、", open.Select(one => one.Name).Distinct());
        var scope = (await CaseScope.LoadAsync(services, caseId, cancellationToken))!;
        scope.AddEvent(EventKind, null, $"催办 {names}", string.IsNullOrEmpty(message) ? null : message, new Signer(person.RequiredId, person.Name));
        audit.Record("case.urged", "case", caseId.ToString(), new { tasks = open.Select(one => one.Task.Id) });
        return new ActOutcome.Done(names);
    }

    private void Tell(InboxTask task, string? message)
    {
        var text = $"{person.Name}催办{task.SubjectName}的“{task.ProcessName}”：{task.StepName}";
        notifier.Tell(
            task.AssigneeId, text, $"/tasks/{task.Id}", $"催办：{task.ProcessName}（{task.CaseNumber}）{task.StepName}",
            string.IsNullOrEmpty(message) ? text : $"{text}\n{message}");
    }
}
