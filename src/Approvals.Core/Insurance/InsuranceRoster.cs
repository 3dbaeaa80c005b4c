using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Cases.Activities;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Regulations;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>What a person's cover lacks on a day.</summary>
/// <param name="Gap">Why on the roster.</param>
/// <param name="Until">Last day of the cover there is; null for none.</param>
/// <param name="Sum">Its sum in yuan; null for none.</param>
public sealed record CoverLack(CoverGap Gap, DateOnly? Until, decimal? Sum);

/// <summary>A purchase that insures somebody and still runs.</summary>
/// <param name="CaseId">Case.</param>
/// <param name="Number">Its number.</param>
/// <param name="MayJoin">True while it is for this person alone and nobody has worked on it: another purchase may take the person over.</param>
public sealed record RunningPurchase(Guid CaseId, string Number, bool MayJoin);

/// <summary>A line of the roster.</summary>
/// <param name="Commander">Who.</param>
/// <param name="Name">Name, unique on the roster.</param>
/// <param name="Lack">Why.</param>
/// <param name="Purchase">Purchase that insures the person already; null for none.</param>
public sealed record RosterPerson(Commander Commander, string Name, CoverLack Lack, RunningPurchase? Purchase);

/// <summary>
/// 投保名单 — everyone in term without valid cover of at least the required sum on a day, T§20. A person is on it once, by the newest entry
/// in the register; cover and purchases of any entry count. Reads only. Scoped.
/// </summary>
public sealed class InsuranceRoster(ApprovalsDbContext db, InsuredPeople insured, RegulationParameters parameters)
{
    /// <summary>What a person's cover lacks; null when it is of at least the sum and lasts beyond the days ahead. Pure.</summary>
    /// <param name="policies">All the person's policies.</param>
    /// <param name="day">The day.</param>
    /// <param name="least">Required sum in yuan.</param>
    /// <param name="ahead">Days before the end from which a person is on the roster again.</param>
    public static CoverLack? Judge(IReadOnlyCollection<InsurancePolicy> policies, DateOnly day, decimal least, int ahead)
    {
        var enough = policies.Where(policy => policy.SumInsured >= least).OrderBy(policy => policy.ValidFrom).ToList();
        InsurancePolicy? last = null;
        foreach (var policy in enough.Where(policy => policy.ValidUntil >= day))
        {
            // A policy that follows without a day between carries the cover on.
            if (policy.ValidFrom <= (last?.ValidUntil.AddDays(1) ?? day) && policy.ValidUntil > (last?.ValidUntil ?? DateOnly.MinValue))
            {
                last = policy;
            }
        }

        if (last is not null)
        {
            return last.ValidUntil <= day.AddDays(ahead) ? new CoverLack(CoverGap.Ending, last.ValidUntil, last.SumInsured) : null;
        }

        var less = policies.Where(policy => policy.ValidFrom <= day && policy.ValidUntil >= day).MaxBy(policy => policy.SumInsured);
        return less is null ? new CoverLack(CoverGap.None, null, null) : new CoverLack(CoverGap.BelowSum, less.ValidUntil, less.SumInsured);
    }

    /// <summary>The required sum in yuan on a day.</summary>
    public async Task<decimal> LeastAsync(DateOnly day, CancellationToken cancellationToken) =>
        (await parameters.ValueAsync(ParameterKeys.InsuranceSumMin, day, cancellationToken)).Decimal;

    /// <summary>The roster of a day, by name.</summary>
    public async Task<IReadOnlyList<RosterPerson>> OnAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var commanders = await db.Commanders.AsNoTracking()
            .Where(row => row.Status == CommanderStatus.Appointed && row.TermStart <= day && row.TermEnd >= day)
            .Where(row => !db.Commanders.WithVoidCertificate(db).Contains(row))
            .ToListAsync(cancellationToken);
        return await OfAsync(commanders, day, cancellationToken);
    }

    /// <summary>Those of the commanders who are on the roster of a day, by name; of several entries of one person the newest.</summary>
    public async Task<IReadOnlyList<RosterPerson>> OfAsync(
        IReadOnlyCollection<Commander> commanders, DateOnly day, CancellationToken cancellationToken)
    {
        var least = await LeastAsync(day, cancellationToken);
        var days = (await parameters.ValueAsync(ParameterKeys.InsuranceReminderDays, day, cancellationToken)).WholeList;
        var people = await insured.AllAsync(cancellationToken);
        var policies = await InsuredPeople.PoliciesAsync(
            people, db.InsurancePolicies.AsNoTracking().Where(row => row.ValidUntil >= day), cancellationToken);
        var lacking = commanders
            .GroupBy(one => people[one.Id]).Select(own => own.Key.Last(entry => own.Any(one => one.Id == entry.Id)))
            .Select(one => (Commander: one, Lack: Judge([.. policies[one.Id]], day, least, days.DefaultIfEmpty(0).Max())))
            .Where(one => one.Lack is not null)
            .OrderBy(one => one.Commander.Name, StringComparer.Ordinal).ThenBy(one => one.Commander.Id).ToList();
        var running = await RunningAsync(people, cancellationToken);
        var names = Names([.. lacking.Select(one => one.Commander)]);
        return [.. lacking.Select(one => new RosterPerson(
            one.Commander, names[one.Commander.Id], one.Lack!, running.GetValueOrDefault(one.Commander.Id)))];
    }

    /// <summary>Who is insured by a purchase that runs, by every entry of the person.</summary>
    public async Task<IReadOnlyDictionary<Guid, RunningPurchase>> RunningAsync(CancellationToken cancellationToken) =>
        await RunningAsync(await insured.AllAsync(cancellationToken), cancellationToken);

    private async Task<IReadOnlyDictionary<Guid, RunningPurchase>> RunningAsync(
        IReadOnlyDictionary<Guid, IReadOnlyList<Commander>> people, CancellationToken cancellationToken)
    {
        var cases = await db.Cases.AsNoTracking()
            .Where(row => row.ProcessKey == OpenPurchase.Process && row.Status == CaseStatus.Running)
            .Select(row => new { row.Id, row.Number, row.Data, HasWork = db.Decisions.Any(one => one.CaseId == row.Id) })
            .ToListAsync(cancellationToken);
        var ids = cases.ConvertAll(row => row.Id);
        var members = (await db.InsuranceMembers.AsNoTracking().Where(row => ids.Contains(row.CaseId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.CaseId);
        var found = new List<(Guid Commander, RunningPurchase Purchase)>();
        var former = new List<(Guid Commander, RunningPurchase Purchase)>();
        foreach (var one in cases)
        {
            var appointment = SourceOf(JsonNode.Parse(one.Data));
            var (isNew, own) = (members[one.Id].Any(), members[one.Id].Where(row => row.LeftOutReason is null).ToList());
            found.AddRange(own.Select(member => (
                member.CommanderId,
                new RunningPurchase(one.Id, one.Number ?? "", appointment is not null && !one.HasWork && own.Count == 1))));

            // A case on a version of the process that knew no roster insures the commander of the appointment it came from.
            if (!isNew && appointment is { } source
                && await db.Commanders.AsNoTracking().Where(row => row.CaseId == source).Select(row => (Guid?)row.Id)
                    .FirstOrDefaultAsync(cancellationToken) is { } commander)
            {
                former.Add((commander, new RunningPurchase(one.Id, one.Number ?? "", false)));
            }
        }

        // Of two that run for one person, the one that nobody can take the person out of any more.
        var byEntry = new Dictionary<Guid, RunningPurchase>();
        foreach (var (commander, purchase) in found.OrderBy(one => one.Purchase.MayJoin).Concat(former))
        {
            foreach (var entry in people.GetValueOrDefault(commander, []))
                byEntry.TryAdd(entry.Id, purchase);
        }

        return byEntry;
    }

    /// <summary>The appointment that a case came from; null for none.</summary>
    internal static Guid? SourceOf(JsonNode? data) =>
        Guid.TryParse(FieldValues.Text(data?[StartCaseActivity.SourceField]), out var id) ? id : null;

    /// <summary>Names that tell people apart: with the unit, and then the certificate, where the name alone does not.</summary>
    private static Dictionary<Guid, string> Names(IReadOnlyCollection<Commander> people)
    {
        var names = people.ToDictionary(one => one.Id, one => one.Name);
        foreach (var more in new Func<Commander, string>[] { one => one.UnitName, one => one.CertificateNumber })
        {
            foreach (var same in people.GroupBy(one => names[one.Id]).Where(group => group.Count() > 1).ToList())
            {
                foreach (var one in same)
                {
                    names[one.Id] = $"{names[one.Id]}（{more(one)}）";
                }
            }
        }

        return names;
    }
}
