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
        var rows = await db.Commanders.AsNoTracking()
            .Where(row => specialties.Count == 0 || specialties.Contains(row.Specialty))
            .ToListAsync(cancellationToken);

        var unavailable = await UnavailableAsync(today, cancellationToken);

        // Who was appointed again has an earlier entry, too; the newest counts.
        return
        [
            .. rows.GroupBy(row => row.IdentityNumber, StringComparer.Ordinal)
                .Select(group => group.OrderBy(row => row.TermStart).ThenBy(row => row.Id).Last())
                .Select(row => new DrawOffer(
                    row.Id.ToString(), row.Name, row.UnitName, row.PersonId, WhyNot(row, today) ?? unavailable.GetValueOrDefault(row.Id))),
        ];
    }

    /// <summary>Who cannot be sent today. The record is kept for ever, so it says that somebody is away, and not why.</summary>
    private async Task<Dictionary<Guid, string>> UnavailableAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var found = await db.CommanderAbsences.AwayOn(today).Select(row => row.CommanderId).Distinct()
            .ToDictionaryAsync(id => id, _ => "不在位", cancellationToken);
        foreach (var id in await db.Missions.Where(row => MissionRules.Binding.Contains(row.Status)).Select(row => row.CommanderId)
            .Distinct().ToListAsync(cancellationToken))
        {
            found[id] = "执行任务中";
        }

        foreach (var id in await db.Commanders.WithVoidCertificate(db).Select(row => row.Id).ToListAsync(cancellationToken))
        {
            found[id] = "聘任证书已作废";
        }

        return found;
    }

    private static string? WhyNot(Commander row, DateOnly today) =>
        row.Status == CommanderStatus.Removed ? "已解聘"
        : row.Status == CommanderStatus.Expired || row.TermEnd < today ? "任期已届满"
        : row.TermStart > today ? "任期尚未开始"
        : null;
}
