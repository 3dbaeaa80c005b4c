using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Draws;

/// <summary>A draw as its page shows it.</summary>
public sealed record DrawDetails
{
    /// <summary>What was asked for.</summary>
    public required DrawRequest Request { get; init; }

    /// <summary>The record; null before the draw.</summary>
    public DrawRecord? Record { get; init; }

    /// <summary>What the record says; null before the draw.</summary>
    public DrawSheet? Sheet { get; init; }

    /// <summary>Chinese name of the source.</summary>
    public required string SourceName { get; init; }

    /// <summary>Refusals of those it chose.</summary>
    public required IReadOnlyList<DrawRefusal> Refusals { get; init; }

    /// <summary>The replay; empty before the draw.</summary>
    public required IReadOnlyList<ReplayCheck> Checks { get; init; }

    /// <summary>A later draw of the same step; null when this is the newest.</summary>
    public Guid? LaterId { get; init; }

    /// <summary>Number of the case.</summary>
    public required string CaseNumber { get; init; }
}

/// <summary>A draw in the list of a case.</summary>
/// <param name="Id">Draw.</param>
/// <param name="StepName">Step.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Number">Number; null before the draw.</param>
/// <param name="At">When it was asked for.</param>
public sealed record CaseDraw(Guid Id, string StepName, DrawStatus Status, string? Number, DateTimeOffset At);

/// <summary>Reads draws. Asks nobody's rights: the caller has asked whether the case may be read.</summary>
public sealed class DrawQuery(ApprovalsDbContext db, IEnumerable<IDrawSource> sources)
{
    /// <summary>The draw with its replay; null when there is none.</summary>
    public async Task<DrawDetails?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var request = await db.DrawRequests.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (request is null)
        {
            return null;
        }

        var record = await db.DrawRecords.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
        var key = DrawOrder.Read(request.Order).Source;
        return new DrawDetails
        {
            Request = request,
            Record = record,
            Sheet = record is null ? null : DrawSheet.Read(record.Sheet),
            SourceName = sources.FirstOrDefault(one => one.Key == key)?.Name ?? key,
            Refusals = await db.DrawRefusals.AsNoTracking().Where(one => one.DrawId == id).OrderBy(one => one.Id).ToListAsync(cancellationToken),
            Checks = record is null ? [] : DrawReplay.Check(record, await EntriesAsync(record, cancellationToken)),
            LaterId = await db.DrawRequests
                .Where(one => one.CaseId == request.CaseId && one.ActivityId == request.ActivityId && one.Round > request.Round)
                .OrderBy(one => one.Round).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(cancellationToken),
            CaseNumber = await db.Cases.Where(one => one.Id == request.CaseId).Select(one => one.Number).FirstOrDefaultAsync(cancellationToken) ?? "",
        };
    }

    private async Task<ReplayEntries> EntriesAsync(DrawRecord record, CancellationToken cancellationToken)
    {
        var subject = record.Id.ToString();
        var sequence = DrawSheet.Read(record.Sheet).AuditSequence;
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(one => one.Sequence == sequence || (one.SubjectKind == "draw" && one.SubjectId == subject))
            .OrderBy(one => one.Sequence).ToListAsync(cancellationToken);
        return new ReplayEntries(
            entries.FirstOrDefault(one => one.SubjectId == subject && one.Action == "draw.committed"),
            entries.FirstOrDefault(one => one.Sequence == sequence),
            entries.FirstOrDefault(one => one.SubjectId == subject && one.Action == "draw.drawn"));
    }
}
