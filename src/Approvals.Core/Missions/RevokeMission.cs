using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>What became of revoking.</summary>
public enum RevokeOutcome
{
    /// <summary>Revoked.</summary>
    Revoked,

    /// <summary>It was answered meanwhile: an accepted one is ended by an order (T§19), a refused one has ended.</summary>
    TooLate,

    /// <summary>The reason is missing or longer than 200 characters.</summary>
    ReasonNeeded,

    /// <summary>Only the general commander of the event may.</summary>
    NotAllowed,
}

/// <summary>撤销任命 — the general commander takes an appointment back that is not answered yet.</summary>
public sealed class RevokeMission(
    ApprovalsDbContext db, UnitOfWork unitOfWork, WorkflowHost host, EventAccess access, EventJournal journal, Notifier notifier,
    CurrentPerson person, AuditTrail audit, IServiceProvider services)
{
    /// <summary>Revokes it.</summary>
    public async Task<RevokeOutcome> RevokeAsync(Guid missionId, string? reason, CancellationToken cancellationToken)
    {
        var found = await db.Missions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == missionId, cancellationToken);
        if (found is null || await access.RightsAsync(found.EventId, cancellationToken) is not { IsCommand: true })
        {
            return RevokeOutcome.NotAllowed;
        }

        var why = reason?.Trim() ?? "";
        return why.Length is 0 or > 200
            ? RevokeOutcome.ReasonNeeded
            : await unitOfWork.RunAsync(scope => RevokeInsideAsync(scope, found, why, cancellationToken), cancellationToken);
    }

    private async Task<RevokeOutcome> RevokeInsideAsync(
        UnitOfWorkScope unit, Mission mission, string reason, CancellationToken cancellationToken)
    {
        var instance = await db.Cases.Where(row => row.Id == mission.CaseId).Select(row => row.InstanceId).SingleAsync(cancellationToken);

        // Race closed: the commander accepts while the general commander revokes. The answer holds the instance's lock, too, and
        // the guarded update finds what it has written.
        await host.LockAsync(instance!.Value, cancellationToken);
        var revoked = await db.Missions
            .Where(row => row.Id == mission.Id
                && (row.Status == MissionStatus.Proposed || row.Status == MissionStatus.Appointed))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Status, MissionStatus.Cancelled)
                    .SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
                cancellationToken);
        if (revoked == 0)
        {
            unit.Abort();
            return RevokeOutcome.TooLate;
        }

        await host.CancelAsync(instance.Value, "总指挥撤销任命", cancellationToken);
        var scope = (await CaseScope.LoadAsync(services, mission.CaseId, cancellationToken))!;
        await new CloseCase(services).CloseAsync(scope, CaseStatus.Rejected, "总指挥撤销任命", cancellationToken);
        scope.AddEvent("rejected", null, "撤销任命", reason, new Signer(person.RequiredId, person.Name));
        journal.Add(mission.EventId, $"撤销对{mission.CommanderName}的任命：{reason}", mission.Id);
        if (mission.AppointedAt is not null)
        {
            notifier.Tell(mission.PersonId, $"对您的现场任命已撤销：{reason}", $"/cases/{mission.CaseId}", "现场任命已撤销");
        }

        audit.Record("mission.revoked", "mission", mission.Id.ToString(), new { eventId = mission.EventId, commander = mission.CommanderId });
        return RevokeOutcome.Revoked;
    }
}
