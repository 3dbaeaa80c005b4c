using System.Text.Json;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>
/// 工作报告逾期 — T§10(二) obliges to a report; one that is not in by its day goes to the head of the section, and some working days
/// later to the leader in charge. The commander is told each time.
/// </summary>
public sealed class EscalateReport(
    ApprovalsDbContext db, ParticipantResolver resolver, Notifier notifier, IServiceProvider services, TimeProvider time) : ITimerHandler
{
    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "mission-report";

    /// <summary>What its timers carry.</summary>
    /// <param name="MissionId">Which mission.</param>
    /// <param name="Level">1 head, 2 leader.</param>
    public sealed record Payload(Guid MissionId, int Level);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!;
        var mission = await db.Missions.AsNoTracking().SingleAsync(one => one.Id == payload.MissionId, cancellationToken);
        if (mission.Status != MissionStatus.Ended || mission.ReportedAt is not null)
        {
            return;
        }

        var scope = (await CaseScope.LoadAsync(services, mission.CaseId, cancellationToken))!;
        var who = payload.Level == 1 ? "head@owner" : "leader@owner";
        var found = await resolver.ResolveAsync([who], await scope.ParticipantsAsync([who], cancellationToken), cancellationToken);
        var due = ChinaTime.DateOf(mission.ReportDueAt!.Value);
        var text = $"{mission.CommanderName}的现场工作报告（{scope.Row.Number}）应于 {due:yyyy-MM-dd} 前提交，至今未交";
        foreach (var one in found.People)
        {
            notifier.Tell(one.PersonId, text, $"/cases/{mission.CaseId}", $"现场工作报告逾期：{mission.CommanderName}");
        }

        notifier.Tell(
            mission.PersonId, $"您的现场工作报告已逾期（应于 {due:yyyy-MM-dd} 前提交），请尽快提交", $"/cases/{mission.CaseId}", "现场工作报告已逾期");
        db.CaseEvents.Add(new CaseEvent
        {
            CaseId = mission.CaseId, At = time.GetUtcNow(), Kind = "automatic", StepName = "提交工作报告",
            Text = payload.Level == 1 ? "工作报告逾期，已报告处室负责人" : "工作报告逾期，已报告分管领导",
        });
    }
}
