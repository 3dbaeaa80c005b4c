using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.DryRuns;

/// <summary>
/// What processes work on that no case of the dry run brings: an event that a claim can name, and a commander in term whom nobody has
/// insured. Nothing of a real one goes into a sandbox.
/// </summary>
internal static class Specimens
{
    /// <summary>Number of the event; forms give it as a field's <c>sample</c>.</summary>
    public const string EventNumber = "TFSJ-0000-0001";

    /// <summary>Process of the case that the commander came from; no report shows it.</summary>
    public const string Process = "specimen";

    private const string Word = "试运行";

    /// <summary>Years that the event has lasted and the commander has been in term, longer than any sample date lies back.</summary>
    private const int Years = 20;

    /// <summary>Adds them to a sandbox.</summary>
    public static async Task AddAsync(
        ApprovalsDbContext db, DefinitionVersion tried, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (begun, today) = (now.AddYears(-Years), ChinaTime.DateOf(now));
        var somebody = await db.People.AsNoTracking().Where(one => one.IsActive).OrderBy(one => one.Id).FirstOrDefaultAsync(cancellationToken);
        if (somebody is null)
            return;
        db.Events.Add(new EmergencyEvent
        {
            Number = EventNumber, Name = Word + "样例事件", Specialty = "", SpecialtyName = Word, Region = "", RegionName = Word, Place = Word,
            StartedAt = begun, GeneralCommanderId = somebody.Id, GeneralCommanderName = Word, OpenedById = somebody.Id, OpenedByName = Word,
            OpenedAt = begun,
        });
        var appointment = new Case
        {
            ProcessKey = Process, ProcessName = Word, DefinitionVersionId = tried.Id, SubjectName = Word, StarterId = somebody.Id,
            ApplicantId = somebody.Id, Status = CaseStatus.Completed, Data = "{}", CreatedAt = begun, UpdatedAt = begun,
        };
        db.Cases.Add(appointment);
        db.Commanders.Add(new Commander
        {
            CaseId = appointment.Id, Name = Word + "指挥官", IdentityNumber = Word, Gender = "男", UnitName = Word + "单位", Specialty = "",
            SpecialtyName = Word, CertificateNumber = Word, TermStart = today.AddYears(-Years), TermEnd = today.AddYears(Years),
        });
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    /// <summary>
    /// A mission for the case that decides on one, under the command of the event's general commander unless the script names another: elsewhere
    /// it is made when a commander is chosen from the roster. Nothing for other processes.
    /// </summary>
    public static async Task AddMissionAsync(ApprovalsDbContext db, Case row, CancellationToken cancellationToken)
    {
        if (row.ProcessKey != AppointCommander.Process)
            return;
        var happened = await db.Events.AsNoTracking().SingleAsync(one => one.Number == EventNumber, cancellationToken);
        var commander = await db.Commanders.AsNoTracking().SingleAsync(one => one.CertificateNumber == Word, cancellationToken);
        var candidate = new RosterCandidate
        {
            CommanderId = commander.Id, Name = row.SubjectName, UnitName = commander.UnitName, Specialty = commander.Specialty,
            SpecialtyName = commander.SpecialtyName,
        };
        var data = MissionData.Of(happened, commander, candidate, new RosterLine(1, candidate, true, null), Word);
        foreach (var (key, value) in JsonNode.Parse(row.Data)!.AsObject())
            data[key] = value?.DeepClone();
        row.Data = data.ToJsonString();
        db.Missions.Add(new Mission
        {
            EventId = happened.Id,
            CaseId = row.Id,
            CommanderId = commander.Id,
            PersonId = row.ApplicantId,
            CommanderName = row.SubjectName,
            ProposedAt = row.CreatedAt,
        });
        await db.SaveChangesAsync(cancellationToken);
    }
}
