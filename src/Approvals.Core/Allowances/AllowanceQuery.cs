using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Allowances;

/// <summary>A mission with the days that can be claimed for it.</summary>
/// <param name="Mission">Mission.</param>
/// <param name="UnitName">Unit of the commander.</param>
/// <param name="IdentityNumber">Identity number, for the payee; not for pages.</param>
/// <param name="Span">Its days.</param>
/// <param name="Taken">Day → share that is granted or claimed already, with the number of the case.</param>
public sealed record ClaimableMission(
    Mission Mission, string UnitName, string IdentityNumber, MissionSpan Span,
    IReadOnlyDictionary<DateOnly, (decimal Share, string CaseNumber)> Taken)
{
    /// <summary>Every day of the mission so far.</summary>
    public IEnumerable<DateOnly> Days => MissionRules.DaysOf(Mission, Span.Last);

    /// <summary>
    /// Share of a day that can still be claimed: 1, 0.5 or 0. While a correction runs its days are taken twice, by what it reverses and by
    /// what it claims; that takes nothing from others.
    /// </summary>
    public decimal Free(DateOnly day) => Math.Max(0, 1 - (Taken.TryGetValue(day, out var taken) ? taken.Share : 0));

    /// <summary>What is taken when the same claim has these days of the commander, too: from another mission at the event.</summary>
    public IReadOnlyDictionary<DateOnly, (decimal Share, string CaseNumber)> TakenWith(IEnumerable<ClaimedDay> days)
    {
        var taken = new Dictionary<DateOnly, (decimal Share, string CaseNumber)>(Taken);
        foreach (var day in days)
        {
            var (share, number) = taken.GetValueOrDefault(day.Date, (0, ""));
            taken[day.Date] = (share + day.Share, number);
        }

        return taken;
    }
}

/// <summary>A claim with what it granted.</summary>
/// <param name="Case">Its case.</param>
/// <param name="Total">What it claims.</param>
/// <param name="Granted">Entitlements, by number.</param>
/// <param name="Reversed">Ids of those that were taken back.</param>
public sealed record ClaimLine(Case Case, decimal Total, IReadOnlyList<Entitlement> Granted, IReadOnlySet<Guid> Reversed);

/// <summary>Reads what allowances can be claimed for, and the claims made. For 补助经办, finance and auditors.</summary>
public sealed class AllowanceQuery(ApprovalsDbContext db, CurrentPerson person, TimeProvider time)
{
    /// <summary>Whether the person may look at allowances.</summary>
    public bool MayRead => MayClaim || person.Is(Roles.Finance) || person.Is(Roles.Auditor);

    /// <summary>Whether the person may make claims.</summary>
    public bool MayClaim => person.Is(Roles.AllowanceOfficer);

    /// <summary>An event, for its sheet; null when there is none.</summary>
    public Task<EmergencyEvent?> EventAsync(Guid id, CancellationToken cancellationToken) =>
        db.Events.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Missions of an event that have days, in the order of their names.</summary>
    /// <param name="row">Event.</param>
    /// <param name="without">An entitlement whose days do not count as taken: it is about to be reversed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<ClaimableMission>> ClaimableAsync(
        EmergencyEvent row, Guid? without, CancellationToken cancellationToken)
    {
        var missions = await (
                from mission in db.Missions.AsNoTracking()
                join commander in db.Commanders.AsNoTracking() on mission.CommanderId equals commander.Id
                where mission.EventId == row.Id && mission.FirstDay != null && MissionRules.Served.Contains(mission.Status)
                orderby mission.CommanderName, mission.Id
                select new { mission, commander.UnitName, commander.IdentityNumber })
            .ToListAsync(cancellationToken);
        var numbers = missions.ConvertAll(one => IdentityCode.Normalise(one.IdentityNumber));
        var taken = await TakenAsync(numbers, without, cancellationToken);
        var waiting = await WaitingAsync(cancellationToken);
        var yesterday = time.Today().AddDays(-1);
        return
        [
            .. missions
                .Select(one => new ClaimableMission(
                    one.mission, one.UnitName, one.IdentityNumber,
                    new MissionSpan(row.Level, row.Region, row.RegionName, one.mission.FirstDay!.Value, one.mission.LastDay ?? yesterday),
                    Merge(taken[IdentityCode.Normalise(one.IdentityNumber)].Concat(waiting[one.mission.CommanderId]))))
                .Where(one => one.Span.Last >= one.Span.First),
        ];
    }

    /// <summary>Events with missions that have days, newest first, and how many person-days of each are not claimed yet.</summary>
    public async Task<IReadOnlyList<(EmergencyEvent Event, decimal Open)>> EventsAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Events.AsNoTracking()
            .Where(row => db.Missions.Any(mission => mission.EventId == row.Id && mission.FirstDay != null))
            .OrderByDescending(row => row.StartedAt).Take(50).ToListAsync(cancellationToken);
        var lines = new List<(EmergencyEvent, decimal)>();
        foreach (var row in rows)
        {
            var missions = await ClaimableAsync(row, null, cancellationToken);
            lines.Add((row, missions.Sum(one => one.Days.Sum(one.Free))));
        }

        return lines;
    }

    /// <summary>Claims, newest first, with what they granted.</summary>
    public async Task<IReadOnlyList<ClaimLine>> ClaimsAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Cases.AsNoTracking()
            .Where(row => row.ProcessKey == SubmitAllowance.Process && row.Number != null)
            .OrderByDescending(row => row.CreatedAt).Take(100).ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.Id);
        var granted = (await db.Entitlements.AsNoTracking().Where(row => ids.Contains(row.CaseId)).OrderBy(row => row.Number)
                .ToListAsync(cancellationToken))
            .ToLookup(row => row.CaseId);
        var given = ids.SelectMany(id => granted[id]).Select(row => (Guid?)row.Id).ToList();
        var reversed = (await db.Entitlements.AsNoTracking().Where(row => given.Contains(row.ReversesId))
            .Select(row => row.ReversesId!.Value).ToListAsync(cancellationToken)).ToHashSet();
        return
        [
            .. rows.Select(row => new ClaimLine(
                row, AllowanceClaim.Read(JsonNode.Parse(row.Data)!.AsObject())?.Total ?? 0, [.. granted[row.Id]], reversed)),
        ];
    }

    private static IReadOnlyDictionary<DateOnly, (decimal Share, string CaseNumber)> Merge(
        IEnumerable<(DateOnly Date, decimal Share, string CaseNumber)> days) => days
        .GroupBy(one => one.Date).ToDictionary(group => group.Key, group => (group.Sum(one => one.Share), group.First().CaseNumber));

    private async Task<ILookup<string, (DateOnly Date, decimal Share, string CaseNumber)>> TakenAsync(
        IReadOnlyCollection<string> numbers, Guid? without, CancellationToken cancellationToken)
    {
        var rows = await (
                from day in db.PersonDays.AsNoTracking()
                join payee in db.Payees.AsNoTracking() on day.PayeeId equals payee.Id
                join entitlement in db.Entitlements.AsNoTracking() on day.EntitlementId equals entitlement.Id
                where numbers.Contains(payee.IdentityNumber) && day.ReleasedById == null && day.EntitlementId != without
                select new { payee.IdentityNumber, day.Date, entitlement.CaseNumber })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.IdentityNumber, row => (row.Date, 0.5m, row.CaseNumber));
    }

    /// <summary>Days that stand in claims which are not decided yet, by commander.</summary>
    private async Task<ILookup<Guid, (DateOnly Date, decimal Share, string CaseNumber)>> WaitingAsync(CancellationToken cancellationToken)
    {
        var running = await db.Cases.AsNoTracking()
            .Where(row => row.ProcessKey == SubmitAllowance.Process && row.Status == CaseStatus.Running)
            .Select(row => new { row.Number, row.Data }).ToListAsync(cancellationToken);
        return running
            .SelectMany(row => AllowanceClaim.Read(JsonNode.Parse(row.Data)!.AsObject())?.Parts
                .SelectMany(part => part.Days.Select(day => (part.CommanderId, Day: (day.Date, day.Share, row.Number ?? "")))) ?? [])
            .ToLookup(one => one.CommanderId, one => one.Day);
    }
}
