using System.Text.Json;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>未答复提醒 — an appointment is not answered in time: the commander is asked again, command and duty office learn of it.</summary>
public sealed class RemindOfAnswer(ApprovalsDbContext db, Notifier notifier) : ITimerHandler
{
    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "mission-answer";

    /// <summary>What its timers carry.</summary>
    /// <param name="MissionId">Which mission.</param>
    public sealed record Payload(Guid MissionId);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var id = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!.MissionId;
        var mission = await db.Missions.AsNoTracking().SingleAsync(one => one.Id == id, cancellationToken);
        if (mission.Status != MissionStatus.Appointed)
        {
            return;
        }

        var about = await db.Events.AsNoTracking().SingleAsync(one => one.Id == mission.EventId, cancellationToken);
        notifier.Tell(
            mission.PersonId, $"请尽快答复{about.Name}现场技术指挥官任命", $"/cases/{mission.CaseId}", $"请答复任命：{about.Name}");
        var duty = await db.RoleAssignments.Where(one => one.Role == Roles.DutyOffice).Select(one => one.PersonId)
            .ToListAsync(cancellationToken);
        foreach (var one in duty.Append(about.GeneralCommanderId).Distinct())
        {
            notifier.Tell(
                one, $"{mission.CommanderName}尚未答复{about.Name}的任命，请电话联系或另行任命", $"/events/{about.Id}",
                $"任命未答复：{mission.CommanderName}");
        }
    }
}
