using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Audit;

/// <summary>What audit entries are looked for; every part may be absent.</summary>
/// <param name="SubjectIds">Ids of the things, exactly; null for all things, and none of them finds nothing.</param>
/// <param name="Action">What was done, exactly, e.g. <c>task.decided</c>.</param>
/// <param name="ActorId">Who.</param>
/// <param name="From">First day in China.</param>
/// <param name="Until">Last day in China, inclusive.</param>
/// <param name="Before">Only entries before this sequence: the next page.</param>
public sealed record AuditFilter(
    IReadOnlyList<string>? SubjectIds, string? Action, Guid? ActorId, DateOnly? From, DateOnly? Until, long? Before);

/// <summary>Reads the audit chain for the auditor. Scoped.</summary>
public sealed class AuditSearch(ApprovalsDbContext db)
{
    /// <summary>Entries on a page.</summary>
    public const int PageSize = 50;

    /// <summary>One page, newest first; one entry more than a page when another follows.</summary>
    public Task<List<AuditEntry>> PageAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        var entries = db.AuditEntries.AsNoTracking();
        entries = filter.SubjectIds is { } subjects ? entries.Where(row => subjects.Contains(row.SubjectId)) : entries;
        entries = filter.Action is { } action ? entries.Where(row => row.Action == action) : entries;
        entries = filter.ActorId is { } actor ? entries.Where(row => row.ActorId == actor) : entries;
        if (filter.From is { } from)
        {
            var first = ChinaTime.Instant(from, TimeOnly.MinValue);
            entries = entries.Where(row => row.At >= first);
        }

        if (filter.Until is { } until)
        {
            var end = ChinaTime.EndOf(until);
            entries = entries.Where(row => row.At < end);
        }

        entries = filter.Before is { } before ? entries.Where(row => row.Sequence < before) : entries;
        return entries.OrderByDescending(row => row.Sequence).Take(PageSize + 1).ToListAsync(cancellationToken);
    }

    /// <summary>The chain's head.</summary>
    public Task<AuditHead> HeadAsync(CancellationToken cancellationToken) =>
        db.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
}
