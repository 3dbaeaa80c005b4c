using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Draws;

/// <summary>技术指挥官信息库 as a source of candidates: whoever is appointed and in term can be drawn.</summary>
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

        // Who was appointed again has an earlier entry, too; the newest counts.
        return
        [
            .. rows.GroupBy(row => row.IdentityNumber, StringComparer.Ordinal)
                .Select(group => group.OrderBy(row => row.TermStart).ThenBy(row => row.Id).Last())
                .Select(row => new DrawOffer(row.Id.ToString(), row.Name, row.UnitName, row.PersonId, WhyNot(row, today))),
        ];
    }

    private static string? WhyNot(Commander row, DateOnly today) =>
        row.Status == CommanderStatus.Removed ? "已解聘"
        : row.Status == CommanderStatus.Expired || row.TermEnd < today ? "任期已届满"
        : row.TermStart > today ? "任期尚未开始"
        : null;
}
