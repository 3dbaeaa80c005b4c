using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Missions;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Draws;

/// <summary>技术指挥官信息库 as a source of candidates: whoever is appointed, in term and available today can be drawn.</summary>
public sealed class CommanderSource(ApprovalsDbContext db) : IDrawSource
{
    /// <summary>Its key.</summary>
    public const string SourceKey = "commanders";

    /// <inheritdoc />
    public string Key => SourceKey;

    /// <inheritdoc />
    public string Name => "技术指挥官信息库";

    /// <inheritdoc />
    public async Task<IReadOnlyList<DrawOffer>> FindAsync(
        IReadOnlyList<string> specialties, DateOnly today, CancellationToken cancellationToken)
    {
        // Every entry, whatever its specialty: who is away or on a mission by one of them is so by all.
        var people = RegisterPeople.Of(await db.Commanders.AsNoTracking().ToListAsync(cancellationToken));
        var away = await db.CommanderAbsences.AwayOn(today).Select(row => row.CommanderId).Distinct().ToListAsync(cancellationToken);
        var sent = await db.Missions.Where(row => MissionRules.Binding.Contains(row.Status)).Select(row => row.CommanderId).Distinct()
            .ToListAsync(cancellationToken);
        var unfit = await db.Commanders.WithVoidCertificate(db).Select(row => row.Id).ToListAsync(cancellationToken);

        // Who was appointed again has an earlier entry, too; the newest of the asked specialties counts, and so does its certificate.
        return
        [
            .. from entries in people
               let newest = entries.LastOrDefault(row => specialties.Count == 0 || specialties.Contains(row.Specialty))
               where newest is not null
               select new DrawOffer(
                   newest.Id.ToString(), newest.Name, newest.UnitName, newest.PersonId,
                   WhyNot(newest, today)
                       ?? (unfit.Contains(newest.Id) ? "聘任证书已作废" : entries.Any(row => sent.Contains(row.Id)) ? "执行任务中"

                           // The record is kept for ever, so it says that somebody is away, and not why.
                           : entries.Any(row => away.Contains(row.Id)) ? "不在位" : null))
               {
                   Others =
                   [
                       .. entries.Where(row => row != newest)
                           .Select(row => new DrawEntry(row.Id.ToString(), WhyNot(row, today) is null ? row.UnitName : null, row.PersonId)),
                   ],
               },
        ];
    }

    private static string? WhyNot(Commander row, DateOnly today) =>
        row.Status == CommanderStatus.Removed ? "已解聘"
        : row.Status == CommanderStatus.Expired || row.TermEnd < today ? "任期已届满"
        : row.TermStart > today ? "任期尚未开始"
        : null;
}
