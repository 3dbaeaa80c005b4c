using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>What became of handing over.</summary>
public enum HandOverOutcome
{
    /// <summary>Handed over.</summary>
    HandedOver,

    /// <summary>The person chosen does not hold the role 总指挥, commands already, or is on a mission of this event.</summary>
    NotPossible,

    /// <summary>The event is closed.</summary>
    Closed,

    /// <summary>Only the general commander and the duty office may.</summary>
    NotAllowed,
}

/// <summary>总指挥交接 — another general commander takes over: the event, what waits for a signature, and the later steps of its missions.</summary>
public sealed class HandOverCommand(
    ApprovalsDbContext db, UnitOfWork unitOfWork, WorkflowHost host, OpenStep steps, EventChoices choices, EventAccess access,
    EventJournal journal, Notifier notifier, Announcer announcer, CurrentPerson person, AuditTrail audit, TimeProvider time,
    IServiceProvider services)
{
    /// <summary>Hands over to a person.</summary>
    public async Task<HandOverOutcome> HandOverAsync(Guid eventId, Guid to, CancellationToken cancellationToken)
    {
        if (await access.RightsAsync(eventId, cancellationToken) is not { } rights || !(rights.IsCommand || rights.IsDuty))
        {
            return HandOverOutcome.NotAllowed;
        }

        var successor = (await choices.LoadAsync(cancellationToken)).Generals.FirstOrDefault(one => one.Id == to);
        return successor is null
            ? HandOverOutcome.NotPossible
            : await unitOfWork.RunAsync(scope => HandOverInsideAsync(scope, eventId, successor, cancellationToken), cancellationToken);
    }

    private async Task<HandOverOutcome> HandOverInsideAsync(
        UnitOfWorkScope unit, Guid eventId, Person to, CancellationToken cancellationToken)
    {
        // Closes the races with appointing and closing: all hold the event's row; missions follow it.
        var row = (await EventLock.TakeAsync(db, eventId, cancellationToken))!;
        if (row.Status != EventStatus.Open || row.GeneralCommanderId == to.Id)
        {
            unit.Abort();
            return row.Status != EventStatus.Open ? HandOverOutcome.Closed : HandOverOutcome.NotPossible;
        }

        // Nobody signs, ends and grades the own mission.
        if (await db.Missions.AnyAsync(
            one => one.EventId == eventId && one.PersonId == to.Id && MissionRules.Binding.Contains(one.Status), cancellationToken))
        {
            unit.Abort();
            return HandOverOutcome.NotPossible;
        }

        await db.Events.Where(one => one.Id == eventId).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.GeneralCommanderId, to.Id).SetProperty(one => one.GeneralCommanderName, to.Name)
                .SetProperty(one => one.RowVersion, one => one.RowVersion + 1),
            cancellationToken);
        var running = await db.Missions.AsNoTracking()
            .Where(one => one.EventId == eventId && MissionRules.Binding.Contains(one.Status))
            .OrderBy(one => one.CaseId).Select(one => one.CaseId).ToListAsync(cancellationToken);
        foreach (var caseId in running)
        {
            await MoveAsync(caseId, row.GeneralCommanderId, to, cancellationToken);
        }

        journal.Add(eventId, $"总指挥由{row.GeneralCommanderName}交接给{to.Name}（{person.Name}办理）");
        notifier.Tell(to.Id, $"您已接任{row.Name}总指挥", $"/events/{eventId}", $"接任总指挥：{row.Name}");
        audit.Record("event.handed-over", "event", eventId.ToString(), new { from = row.GeneralCommanderId, to = to.Id });
        return HandOverOutcome.HandedOver;
    }

    /// <summary>The case names the successor from now on; a step that waits for the predecessor waits for the successor.</summary>
    private async Task MoveAsync(Guid caseId, Guid from, Person to, CancellationToken cancellationToken)
    {
        var scope = (await CaseScope.LoadAsync(services, caseId, cancellationToken))!;

        // Race closed: the predecessor signs meanwhile; the decision holds the instance's lock, too.
        await host.LockAsync(scope.Row.InstanceId!.Value, cancellationToken);
        await db.Entry(scope.Row).ReloadAsync(cancellationToken);
        var data = JsonNode.Parse(scope.Row.Data)!.AsObject();
        data[MissionData.GeneralCommander] = to.Id.ToString();
        data[MissionData.GeneralCommander + "Name"] = to.Name;
        scope.SetData(data);
        var waiting = await db.Tasks.AsNoTracking()
            .Where(one => one.CaseId == caseId && one.AssigneeId == from && one.State == TaskState.Open)
            .Select(one => one.StepRunId).Distinct().ToListAsync(cancellationToken);
        foreach (var stepId in waiting)
        {
            await StepTasks.CloseAsync(db, announcer, stepId, $"总指挥交接给{to.Name}", time.GetUtcNow(), cancellationToken);
            var step = await db.StepRuns.AsNoTracking().SingleAsync(one => one.Id == stepId, cancellationToken);
            await steps.AssignAsync(scope, step, [to.Id], cancellationToken);
        }

        scope.AddEvent("assigned", null, $"总指挥交接给{to.Name}", null, new Signer(person.RequiredId, person.Name));
    }
}
