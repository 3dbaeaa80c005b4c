using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Draws;

/// <summary>Everybody a draw is about.</summary>
/// <param name="Subjects">By id, with chances or the reason to keep out.</param>
/// <param name="Kept">Who stays from the former draw.</param>
public sealed record FilledUrn(IReadOnlyList<DrawSubject> Subjects, IReadOnlyList<string> Kept);

/// <summary>Fixes the candidates of a draw: reads the source, the case, former draws and refusals, and asks <see cref="DrawRules"/>. Scoped.</summary>
public sealed class DrawUrn(ApprovalsDbContext db, IEnumerable<IDrawSource> sources)
{
    /// <summary>The urn as of today.</summary>
    /// <exception cref="KeyNotFoundException">The source is not known.</exception>
    public async Task<FilledUrn> FillAsync(
        DrawRequest request, DrawOrder order, Case row, DateOnly today, CancellationToken cancellationToken)
    {
        var source = sources.FirstOrDefault(one => one.Key == order.Source)
            ?? throw new KeyNotFoundException($"There is no source of candidates named {order.Source}.");
        var refused = (await (
                from refusal in db.DrawRefusals.AsNoTracking()
                join draw in db.DrawRequests on refusal.DrawId equals draw.Id
                where draw.CaseId == request.CaseId && draw.ActivityId == request.ActivityId
                select refusal.CandidateId).ToListAsync(cancellationToken))
            .ToHashSet(StringComparer.Ordinal);
        var offers = await source.FindAsync(order.Specialties, today, cancellationToken);

        // Who stays may have been appointed again since: they stay by the entry that is offered now. Who is offered no more stays as well,
        // as they stood in the former draw.
        var staying = await StayingAsync(request, refused, cancellationToken);
        var kept = staying.Select(former => offers.FirstOrDefault(one => one.Ids.Contains(former.Id))?.Id ?? former.Id).Distinct().ToList();
        var gone = staying.Where(former => !offers.Any(one => one.Ids.Contains(former.Id)));
        var unit = row.UnitId is { } id
            ? await db.OrgUnits.Where(one => one.Id == id).Select(one => one.Name).FirstOrDefaultAsync(cancellationToken)
            : null;
        var subjects = DrawRules.Judge(
            offers,
            new DrawParties(row.ApplicantId, row.StarterId, unit, order.Recused),
            order.RotationDays > 0 ? await DrawnBeforeAsync(order, today, cancellationToken) : null,
            kept.ToHashSet(StringComparer.Ordinal),
            refused);
        return new FilledUrn(
            [.. subjects.Concat(gone.Select(one => one with { Excluded = DrawRules.Stays })).OrderBy(one => one.Id, StringComparer.Ordinal)], kept);
    }

    private async Task<IReadOnlyList<DrawSubject>> StayingAsync(DrawRequest request, HashSet<string> refused, CancellationToken cancellationToken)
    {
        if (request.Ground != DrawGround.Refusal)
        {
            return [];
        }

        var former = await db.DrawRecords.AsNoTracking().Where(one => one.Id == request.FormerId).Select(one => one.Sheet)
            .SingleAsync(cancellationToken);
        return [.. DrawSheet.Read(former).Chosen().Where(one => !refused.Contains(one.Id))];
    }

    /// <summary>How often each was drawn from the source in the rotation period, in any case.</summary>
    private async Task<Dictionary<string, int>> DrawnBeforeAsync(DrawOrder order, DateOnly today, CancellationToken cancellationToken)
    {
        var since = ChinaTime.Instant(today.AddDays(-order.RotationDays), TimeOnly.MinValue);
        var sheets = await db.DrawRecords.AsNoTracking().Where(one => one.Source == order.Source && one.DrawnAt >= since)
            .Select(one => one.Sheet).ToListAsync(cancellationToken);
        return sheets.SelectMany(sheet => DrawSheet.Read(sheet).Picks).GroupBy(pick => pick.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
    }
}
