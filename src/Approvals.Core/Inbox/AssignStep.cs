using System.Text.Json;
using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>What became of an assignment.</summary>
public enum AssignOutcome
{
    /// <summary>The people have their tasks.</summary>
    Assigned,

    /// <summary>The step does not wait for an assignment (any more).</summary>
    Gone,

    /// <summary>Somebody chosen is unknown, has left, or is the applicant of the case.</summary>
    NotAllowed,
}

/// <summary>指定办理人 — an administrator gives a step to people: one that resolved to nobody, or whose people have left.</summary>
public sealed class AssignStep(
    ApprovalsDbContext db, UnitOfWork unitOfWork, WorkflowHost host, OpenStep steps, AddedSignatures signatures, CurrentPerson person,
    AuditTrail audit, Announcer announcer, TimeProvider clock, IServiceProvider services)
{
    /// <summary>Steps that wait for an administrator: unassigned ones, and open ones none of whose people is still active.</summary>
    public IQueryable<StepRun> Waiting() =>
        db.StepRuns.AsNoTracking().Where(step =>
            step.Status == StepStatus.Unassigned
            || (step.Status == StepStatus.Open
                && !db.Tasks.Any(task => task.StepRunId == step.Id && task.State == TaskState.Open
                    && db.People.Any(one => one.Id == task.AssigneeId && one.IsActive))));

    /// <summary>Assigns the step; tasks of people who have left are closed.</summary>
    public Task<AssignOutcome> AssignAsync(Guid stepRunId, IReadOnlyList<Guid> people, string reason, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var outcome = await AssignInTransactionAsync(stepRunId, people, reason, cancellationToken);
                if (outcome != AssignOutcome.Assigned)
                    scope.Abort();
                return outcome;
            },
            cancellationToken);

    private async Task<AssignOutcome> AssignInTransactionAsync(
        Guid stepRunId, IReadOnlyList<Guid> people, string reason, CancellationToken cancellationToken)
    {
        var instanceId = await db.StepRuns.Where(one => one.Id == stepRunId).Select(one => (Guid?)one.InstanceId)
            .FirstOrDefaultAsync(cancellationToken);
        if (instanceId is null)
            return AssignOutcome.Gone;

        // Race closed: two administrators assign the same step, or its deadline passes meanwhile; all take the instance's lock.
        await host.LockAsync(instanceId.Value, cancellationToken);
        var step = await Waiting().FirstOrDefaultAsync(one => one.Id == stepRunId, cancellationToken);
        if (step is null)
            return AssignOutcome.Gone;
        var scope = (await CaseScope.LoadAsync(services, step.CaseId, cancellationToken))!;
        var active = await db.People.CountAsync(one => people.Contains(one.Id) && one.IsActive, cancellationToken);
        var judgesOwnCase = step.Kind == StepKind.Approval && people.Contains(scope.Row.ApplicantId);
        if (people.Count == 0 || active != people.Distinct().Count() || judgesOwnCase)
            return AssignOutcome.NotAllowed;

        var names = await db.People.Where(one => people.Contains(one.Id)).Select(one => one.Name).ToListAsync(cancellationToken);
        var resolution = new ParticipantResolution(
            [.. people.Distinct().Select(id => new ChosenParticipant(id, "", $"由 {person.Name} 指定：{reason}", $"person:{id}"))], []);
        await db.StepRuns.Where(one => one.Id == stepRunId).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Status, StepStatus.Open)
                .SetProperty(one => one.Resolution, JsonSerializer.Serialize(resolution, StoredJson.Full)),
            cancellationToken);
        if (!await TakeOverAsync(step.Id, [.. people.Distinct()], cancellationToken))
            await steps.AssignAsync(scope, step, [.. people.Distinct()], cancellationToken);
        scope.AddEvent(
            "assigned", step.StepName, $"指定办理人：{string.Join("、", names)}", reason, new Signer(person.RequiredId, person.Name));
        audit.Record("step.assigned", "case", step.CaseId.ToString(), new { step = stepRunId, people });
        return AssignOutcome.Assigned;
    }

    /// <summary>
    /// Gives the people the place of whoever has left. Whose turn has not come yet (依次, 加签) keeps it: nobody else of the step is
    /// skipped because one has left.
    /// </summary>
    /// <returns>False when no task of the step is open.</returns>
    private async Task<bool> TakeOverAsync(Guid stepRunId, IReadOnlyList<Guid> people, CancellationToken cancellationToken)
    {
        var waiting = await db.Tasks
            .Where(task => task.StepRunId == stepRunId && (task.State == TaskState.Open || task.State == TaskState.Queued))
            .OrderBy(task => task.Id).ToListAsync(cancellationToken);
        var left = waiting.Where(task => task.State == TaskState.Open).ToList();
        if (left.Count == 0)
            return false;

        var now = clock.GetUtcNow();
        foreach (var task in left)
        {
            announcer.Announce(WebhookEvents.TaskClosed, task);
            Close(task, "办理人已离任，由系统管理员重新指定", now);
        }

        // Who signs in the leaver's place now does not sign a second time when their own turn comes.
        foreach (var own in waiting.Where(task => task is { State: TaskState.Queued, AddedForTaskId: null } && people.Contains(task.AssigneeId)
            && waiting.TrueForAll(other => other.AddedForTaskId != task.Id)))
        {
            Close(own, "已由系统管理员指定提前办理", now);
        }

        var place = left.Find(task => task.AddedForTaskId is null) ?? left[0];
        var passed = people.Select(one => StepTasks.PassOn(place, one, place.FromName ?? person.Name, now)).ToList();

        // Several in one place sign as the place would have them: one after the other in a step in order and among those asked in after.
        var isInTurn = place.AddedForTaskId is null
            ? await db.StepRuns.AnyAsync(step => step.Id == stepRunId && step.Mode == StepMode.Sequence, cancellationToken)
            : place.AddedPlace == AddedPlace.After;
        foreach (var task in passed)
        {
            db.Tasks.Add(task);
            if (isInTurn && task != passed[0])
                task.State = TaskState.Queued;
            else
                steps.Tell(task);
        }

        foreach (var added in waiting.Where(task => task.AddedForTaskId == place.Id))
            added.AddedForTaskId = passed[0].Id;
        await db.SaveChangesAsync(cancellationToken);

        // A request (加签) to somebody who has left lapses; the chain it stood in goes on.
        foreach (var task in left.Where(task => task != place))
            await signatures.GoOnAsync(task, now, cancellationToken);
        return true;
    }

    private static void Close(InboxTask task, string reason, DateTimeOffset now)
    {
        task.State = TaskState.Closed;
        task.ClosedAt = now;
        task.ClosedReason = reason;
    }
}
