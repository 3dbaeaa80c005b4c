using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>What became of choosing a commander.</summary>
public abstract record AppointOutcome
{
    /// <summary>The order waits for the general commander's signature at this task.</summary>
    public sealed record ToSign(Guid MissionId, Guid? TaskId) : AppointOutcome;

    /// <summary>Not possible; why, in plain Chinese. Nothing was changed.</summary>
    public sealed record Refused(string Why) : AppointOutcome;

    /// <summary>Only the general commander of the event may.</summary>
    public sealed record NotAllowed : AppointOutcome;
}

/// <summary>
/// 任命技术指挥官, T§6, §15(4): the general commander chooses somebody of the offered roster; that opens the mission's case, whose first
/// step is the signature under the order. More can be chosen at any time while the event is open.
/// </summary>
public sealed class AppointCommander(
    ApprovalsDbContext db, UnitOfWork unitOfWork, OpenCase cases, OfferRoster rosters, RosterQuery candidates, EventAccess access,
    CurrentPerson person, AuditTrail audit, TimeProvider time)
{
    /// <summary>The process of a mission.</summary>
    public const string Process = "commander-mission";

    private const int LongestAssignment = 200;

    /// <summary>Chooses a commander.</summary>
    /// <param name="eventId">Event.</param>
    /// <param name="commanderId">Somebody of the newest offered roster.</param>
    /// <param name="assignment">任务分工, at most 200 characters; may be empty.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<AppointOutcome> ChooseAsync(
        Guid eventId, Guid commanderId, string? assignment, CancellationToken cancellationToken)
    {
        if (await access.RightsAsync(eventId, cancellationToken) is not { IsCommand: true })
        {
            return new AppointOutcome.NotAllowed();
        }

        if ((assignment?.Trim().Length ?? 0) > LongestAssignment)
        {
            return new AppointOutcome.Refused($"任务分工最多 {LongestAssignment} 个字，请精简。");
        }

        return await unitOfWork.RunAsync(
            async scope =>
            {
                var outcome = await ChooseInsideAsync(eventId, commanderId, assignment, cancellationToken);
                if (outcome is not AppointOutcome.ToSign)
                {
                    scope.Abort();
                }

                return outcome;
            },
            cancellationToken);
    }

    private async Task<AppointOutcome> ChooseInsideAsync(
        Guid eventId, Guid commanderId, string? assignment, CancellationToken cancellationToken)
    {
        // Races closed: the event is closed or handed over meanwhile (its row), and two commands call the same commander at once
        // (the commander's row): the second finds the mission of the first.
        var row = await EventLock.TakeAsync(db, eventId, cancellationToken);
        if (row is null || row.GeneralCommanderId != person.RequiredId)
        {
            return new AppointOutcome.NotAllowed();
        }

        if (row.Status != EventStatus.Open)
        {
            return new AppointOutcome.Refused("事件已结束，不能再任命。");
        }

        var roster = await rosters.NewestAsync(eventId, cancellationToken);
        var line = roster is null ? null : OfferRoster.Read(roster).FirstOrDefault(one => one.Candidate.CommanderId == commanderId);
        if (line is null)
        {
            return new AppointOutcome.Refused("参考名册中没有此人；请值班室更新名册后再任命（办法第十五条第（4）项）。");
        }

        var commander = await EventLock.TakeCommanderAsync(db, commanderId, cancellationToken);
        var candidate = (await candidates.CandidatesAsync([commanderId], cancellationToken)).FirstOrDefault();
        if (commander is null || candidate is null)
        {
            return new AppointOutcome.Refused($"{line.Candidate.Name}已不在任期内，或者聘任证书已作废，不能任命。");
        }

        return candidate.Availability == Availability.OnMission
            ? new AppointOutcome.Refused($"{candidate.Name}已有未结束的任务（{candidate.AvailabilityNote}），请另选。")
            : await OpenAsync(row, commander, candidate, line, assignment, cancellationToken);
    }

    private async Task<AppointOutcome> OpenAsync(
        EmergencyEvent row, Commander commander, RosterCandidate candidate, RosterLine line, string? assignment,
        CancellationToken cancellationToken)
    {
        var unit = await db.Cases.Where(one => one.Id == commander.CaseId).Select(one => one.UnitId).FirstOrDefaultAsync(cancellationToken);
        var text = string.IsNullOrWhiteSpace(assignment) ? null : assignment.Trim();
        var opened = await cases.MakeAsync(
            new OpenCaseRequest(Process, commander.Name, person.RequiredId, commander.PersonId!.Value,
                MissionData.Of(row, commander, candidate, line, text)) { UnitId = unit },
            cancellationToken);
        if (opened is null)
        {
            return new AppointOutcome.Refused("“技术指挥官现场任命”流程没有已发布的版本，请联系流程管理员。");
        }

        var mission = new Mission
        {
            EventId = row.Id,
            CaseId = opened.Id,
            CommanderId = commander.Id,
            PersonId = commander.PersonId.Value,
            CommanderName = commander.Name,
            Assignment = text,
            ProposedAt = time.GetUtcNow(),
            PolicyId = candidate.Cover?.PolicyId,
        };
        db.Missions.Add(mission);
        audit.Record("mission.proposed", "mission", mission.Id.ToString(), new
        {
            eventId = row.Id, commander = commander.Id, caseId = opened.Id, roster = line.Place, policy = mission.PolicyId,
        });
        await cases.RunAsync(opened, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var task = await db.Tasks
            .Where(one => one.CaseId == opened.Id && one.AssigneeId == person.Id && one.State == TaskState.Open)
            .Select(one => (Guid?)one.Id).FirstOrDefaultAsync(cancellationToken);
        return new AppointOutcome.ToSign(mission.Id, task);
    }
}
