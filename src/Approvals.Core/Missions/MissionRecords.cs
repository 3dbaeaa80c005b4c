using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Missions.Rules;
using Approvals.Core.Notifications;
using Approvals.Core.Regulations;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>A mission cannot change as the process asks; the message says why.</summary>
public sealed class MissionStateException(string message) : Exception(message);

/// <summary>
/// 登记任命进展 — writes into the mission what its process has come to. Called in the deciding transaction under the instance's lock, so a
/// mission changes once for each step.
/// </summary>
public sealed class MissionRecords(
    ApprovalsDbContext db, EventJournal journal, InsuranceCover covers, RegulationParameters parameters, WorkingCalendarStore calendars, TimerService timers,
    Notifier notifier, IEnumerable<IMissionEnded> listeners, AuditTrail audit, TimeProvider time)
{
    /// <summary>
    /// The general commander has signed, maybe days after the proposal: the case holds the cover of today (T§20), for the check that follows.
    /// </summary>
    public async Task SignedAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Proposed, cancellationToken);
        var cover = (await covers.OnAsync([mission.CommanderId], time.Today(), cancellationToken)).GetValueOrDefault(mission.CommanderId);
        mission.PolicyId = cover?.PolicyId;
        var data = scope.Data.DeepClone().AsObject();
        MissionData.EnterCover(data, cover);
        if (!JsonNode.DeepEquals(data, scope.Data))
        {
            scope.SetData(data);
        }
    }

    /// <summary>
    /// Signed, and approved where that was needed: the case holds the commander's term and certificate of today (T§14), for the check that
    /// follows.
    /// </summary>
    public async Task StandingAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Proposed, cancellationToken);
        var commander = await db.Commanders.AsNoTracking().SingleAsync(row => row.Id == mission.CommanderId, cancellationToken);
        var isVoid = await db.Commanders.WithVoidCertificate(db).AnyAsync(row => row.Id == mission.CommanderId, cancellationToken);
        var data = scope.Data.DeepClone().AsObject();
        MissionData.EnterStanding(data, commander, isVoid);
        if (!JsonNode.DeepEquals(data, scope.Data))
        {
            scope.SetData(data);
        }
    }

    /// <summary>The appointment takes effect: the commander is asked and reminded.</summary>
    public async Task AppointedAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Proposed, cancellationToken);
        var now = time.GetUtcNow();
        mission.Status = MissionStatus.Appointed;
        mission.AppointedAt = now;
        mission.Assignment = FieldValues.Text(scope.Data["assignment"]);
        await NoteOverrideAsync(scope, mission, cancellationToken);
        var minutes = (await parameters.ValueAsync(ParameterKeys.MissionAnswerMinutes, time.Today(), cancellationToken)).Whole;
        timers.Schedule(
            $"mission-answer:{mission.Id}", RemindOfAnswer.TimerKind, new RemindOfAnswer.Payload(mission.Id), now.AddMinutes(minutes));
        Log(mission, $"任命{mission.CommanderName}为现场技术指挥官"
            + (mission.CoverOverrideReason is null ? "" : $"（无有效保险，{mission.CoverOverriddenByName}特批）"));
    }

    /// <summary>The commander has accepted: the mission counts from today.</summary>
    public async Task ActiveAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Appointed, cancellationToken);
        mission.Status = MissionStatus.Active;
        mission.AnsweredAt = time.GetUtcNow();
        mission.FirstDay = time.Today();
        Set(scope, "firstDay", FieldValues.Node(mission.FirstDay.Value));
        await timers.CancelByKeyAsync($"mission-answer:{mission.Id}", cancellationToken);
        Log(mission, $"{mission.CommanderName}接受任命");
        await TellCommandAsync(mission, $"{mission.CommanderName}已接受任命", cancellationToken);
    }

    /// <summary>The commander has refused; the reason is that of the decision.</summary>
    public async Task RefusedAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Appointed, cancellationToken);
        mission.Status = MissionStatus.Refused;
        mission.AnsweredAt = time.GetUtcNow();
        mission.RefusalReason = await OpinionAsync(scope.Row.Id, cancellationToken);
        Set(scope, "refusalReason", mission.RefusalReason);
        await timers.CancelByKeyAsync($"mission-answer:{mission.Id}", cancellationToken);
        Log(mission, $"{mission.CommanderName}拒绝任命：{mission.RefusalReason}");
        await TellCommandAsync(mission, $"{mission.CommanderName}拒绝了任命，请另行任命", cancellationToken);
    }

    /// <summary>The refusal is ruled; an unjustified one stays on record as a ground of T§17(三).</summary>
    public async Task RefusalRuledAsync(CaseScope scope, bool justified, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Refused, cancellationToken);
        mission.RefusalJustified = justified;
        mission.RefusalRuledAt = time.GetUtcNow();
        audit.Record("mission.refusal-ruled", "mission", mission.Id.ToString(), new { commander = mission.CommanderId, justified });
    }

    /// <summary>The order has ended the command, T§19: the work report is due, T§10(二).</summary>
    /// <returns>Working days until the report is due, by the parameter in force.</returns>
    public async Task<int> EndedAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Active, cancellationToken);
        var (now, today) = (time.GetUtcNow(), time.Today());
        var days = (await parameters.ValueAsync(ParameterKeys.MissionReportWorkingDays, today, cancellationToken)).Whole;
        var more = (await parameters.ValueAsync(ParameterKeys.MissionReportEscalationDays, today, cancellationToken)).Whole;
        var calendar = await calendars.LoadAsync(cancellationToken);
        mission.Status = MissionStatus.Ended;
        mission.EndedAt = now;
        mission.LastDay = FieldValues.Date(scope.Data["lastDay"]) ?? today;
        mission.ReportDueAt = calendar.Deadline(now, days);
        Set(scope, "lastDay", FieldValues.Node(mission.LastDay.Value));
        foreach (var (level, due) in new[] { (1, mission.ReportDueAt.Value), (2, calendar.Deadline(now, days + more)) })
        {
            timers.Schedule(
                $"mission-report:{mission.Id}:{level}", EscalateReport.TimerKind, new EscalateReport.Payload(mission.Id, level), due);
        }

        Log(mission, $"终止{mission.CommanderName}行使现场指挥权（办法第十九条）");
        foreach (var listener in listeners)
        {
            await listener.EndedAsync(mission, cancellationToken);
        }

        return days;
    }

    /// <summary>The work report is in.</summary>
    public async Task ReportedAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Ended, cancellationToken);
        mission.ReportedAt = time.GetUtcNow();
        await timers.CancelByKeyAsync($"mission-report:{mission.Id}:1", cancellationToken);
        await timers.CancelByKeyAsync($"mission-report:{mission.Id}:2", cancellationToken);
    }

    /// <summary>The mission is evaluated, T§21.</summary>
    public async Task EvaluatedAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Ended, cancellationToken);
        mission.Grade = FieldValues.Text(scope.Data["evaluationGrade"]) switch
        {
            "excellent" => MissionGrade.Excellent,
            "qualified" => MissionGrade.Qualified,
            "unqualified" => MissionGrade.Unqualified,
            _ => throw new MissionStateException("评估表没有填写评估等次。"),
        };
        mission.Status = MissionStatus.Evaluated;
        mission.EvaluatedAt = time.GetUtcNow();
        audit.Record("mission.evaluated", "mission", mission.Id.ToString(), new
        {
            commander = mission.CommanderId, grade = mission.Grade.ToString(),
        });
    }

    /// <summary>Nothing comes of it: not signed, not agreed to by the leader, or the commander is no longer one.</summary>
    public async Task CancelledAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var mission = await FindAsync(scope, MissionStatus.Proposed, cancellationToken);
        mission.Status = MissionStatus.Cancelled;

        // Judged in this very burst or, when a fault came between and the step is run again, in one before: stored, both are read alike.
        await db.SaveChangesAsync(cancellationToken);
        var why = await db.Findings.AsNoTracking()
            .Where(row => row.CaseId == scope.Row.Id && row.IsCurrent && row.Verdict == Verdict.Fail && row.Rule == nameof(MissionTerm))
            .Select(row => row.Value).FirstOrDefaultAsync(cancellationToken);
        Log(mission, why is null ? $"未任命{mission.CommanderName}" : $"未任命{mission.CommanderName}（任期 {why}）");
        await TellCommandAsync(
            mission,
            why is null ? $"对{mission.CommanderName}的任命未成立" : $"对{mission.CommanderName}的任命未成立（任期 {why}）",
            cancellationToken);
    }

    private async Task<Mission> FindAsync(CaseScope scope, MissionStatus expected, CancellationToken cancellationToken)
    {
        var mission = await db.Missions.FirstOrDefaultAsync(row => row.CaseId == scope.Row.Id, cancellationToken)
            ?? throw new MissionStateException("本业务件没有对应的现场任命。");
        return mission.Status == expected
            ? mission
            : throw new MissionStateException($"现场任命的状态为“{MissionWords.Of(mission.Status)}”，不能登记这一进展。");
    }

    private async Task NoteOverrideAsync(CaseScope scope, Mission mission, CancellationToken cancellationToken)
    {
        var waived = await db.Findings.AsNoTracking()
            .Where(row => row.CaseId == scope.Row.Id && row.IsCurrent && row.Verdict == Verdict.Waived
                && row.Rule == nameof(MissionCover))
            .Select(row => new { row.WaiverReason, row.WaivedById }).FirstOrDefaultAsync(cancellationToken);
        if (waived is null)
        {
            return;
        }

        mission.CoverOverrideReason = waived.WaiverReason;
        mission.CoverOverriddenByName = await db.People.Where(one => one.Id == waived.WaivedById).Select(one => one.Name)
            .FirstOrDefaultAsync(cancellationToken);
        Set(scope, "coverOverride", $"{mission.CoverOverriddenByName}特批：{waived.WaiverReason}");
    }

    private Task<string?> OpinionAsync(Guid caseId, CancellationToken cancellationToken) => db.StandingDecisions().AsNoTracking()
        .Where(row => row.CaseId == caseId && row.Kind == DecisionKind.Reject)
        .OrderByDescending(row => row.Id).Select(row => row.Opinion).FirstOrDefaultAsync(cancellationToken);

    private async Task TellCommandAsync(Mission mission, string text, CancellationToken cancellationToken)
    {
        var row = await db.Events.AsNoTracking().Where(one => one.Id == mission.EventId)
            .Select(one => new { one.Name, one.GeneralCommanderId }).SingleAsync(cancellationToken);
        notifier.Tell(row.GeneralCommanderId, $"{row.Name}{text}", $"/events/{mission.EventId}", text);
    }

    private void Log(Mission mission, string text)
    {
        journal.Add(mission.EventId, text, mission.Id);
        audit.Record("mission.changed", "mission", mission.Id.ToString(), new
        {
            eventId = mission.EventId, commander = mission.CommanderId, status = mission.Status.ToString(),
        });
    }

    private static void Set(CaseScope scope, string key, JsonNode? value)
    {
        var data = scope.Data.DeepClone().AsObject();
        data[key] = value?.DeepClone();
        scope.SetData(data);
    }
}
