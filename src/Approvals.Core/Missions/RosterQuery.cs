using Approvals.Core.Calendar;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Insurance;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>Gathers what a roster is made of: commanders in term today, their missions, absences, record and cover.</summary>
public sealed class RosterQuery(ApprovalsDbContext db, InsuranceCover covers, TimeProvider time)
{
    /// <summary>The roster of an event as things stand now.</summary>
    public async Task<IReadOnlyList<RosterLine>> ForAsync(EmergencyEvent row, CancellationToken cancellationToken) =>
        ReferenceRoster.Rank(
            new RosterNeed(row.Specialty, row.Latitude, row.Longitude), await CandidatesAsync(null, cancellationToken));

    /// <summary>Everybody in term whose appointment certificate stands (T§3), or those named of them.</summary>
    public async Task<IReadOnlyList<RosterCandidate>> CandidatesAsync(
        IReadOnlyCollection<Guid>? only, CancellationToken cancellationToken)
    {
        var today = time.Today();
        var rows = db.Commanders.AsNoTracking()
            .Where(row => row.Status == CommanderStatus.Appointed && row.TermStart <= today && row.TermEnd >= today)
            .Where(row => row.PersonId != null && !db.Commanders.WithVoidCertificate(db).Contains(row));
        var people = await (only is null ? rows : rows.Where(row => only.Contains(row.Id))).ToListAsync(cancellationToken);
        var ids = people.ConvertAll(row => row.Id);
        var persons = people.ConvertAll(row => row.PersonId!.Value);

        // A person may stand in the register under two specialties: away and busy they are under both.
        var missions = (await db.Missions.AsNoTracking().Where(row => persons.Contains(row.PersonId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.PersonId);
        var absences = (await (
                from absence in db.CommanderAbsences.AsNoTracking().AwayOn(today)
                join row in db.Commanders on absence.CommanderId equals row.Id
                where row.PersonId != null && persons.Contains(row.PersonId!.Value)
                select new { PersonId = row.PersonId!.Value, Absence = absence }).ToListAsync(cancellationToken))
            .ToLookup(row => row.PersonId, row => row.Absence);
        var cover = await covers.OnAsync(ids, today, cancellationToken);
        return
        [
            .. people.Select(row => Candidate(
                row, [.. missions[row.PersonId!.Value]], absences[row.PersonId.Value].FirstOrDefault(), cover.GetValueOrDefault(row.Id))),
        ];
    }

    private static RosterCandidate Candidate(Commander row, IReadOnlyList<Mission> missions, CommanderAbsence? absence, Cover? cover)
    {
        var busy = missions.FirstOrDefault(one => MissionRules.IsBinding(one.Status));
        return new RosterCandidate
        {
            CommanderId = row.Id,
            Name = row.Name,
            UnitName = row.UnitName,
            Specialty = row.Specialty,
            SpecialtyName = row.SpecialtyName,
            BasePlace = row.BasePlace,
            Latitude = row.Latitude,
            Longitude = row.Longitude,
            Availability = busy is not null ? Availability.OnMission : absence is not null ? Availability.Away : Availability.Available,
            AvailabilityNote = busy is not null ? MissionWords.Of(busy.Status) : absence is null ? null : Away(absence),
            Record = new MissionRecord(
                missions.Count(one => MissionRules.Served.Contains(one.Status)),
                missions.Count(one => one.Grade == MissionGrade.Excellent),
                missions.Count(one => one.Grade == MissionGrade.Unqualified),
                missions.Count(one => one.RefusalJustified == false)),
            Cover = cover,
        };
    }

    private static string Away(CommanderAbsence absence) => absence.Until is { } until
        ? $"{absence.Reason}，至 {until:yyyy-MM-dd}" : absence.Reason;
}
