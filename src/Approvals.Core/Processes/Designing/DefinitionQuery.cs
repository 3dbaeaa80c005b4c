using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>What a list of definitions is asked for.</summary>
public sealed record DefinitionFilter
{
    /// <summary>Which versions.</summary>
    public VersionChoice Versions { get; init; } = VersionChoice.All;

    /// <summary>Only these version ids; empty: any.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Only these processes; empty: any.</summary>
    public IReadOnlyList<string> DefinitionIds { get; init; } = [];

    /// <summary>Part of the name, description, process key or version id; null: any.</summary>
    public string? Search { get; init; }

    /// <summary><c>Name</c>, <c>Version</c> or <c>Created</c>.</summary>
    public string OrderBy { get; init; } = "Name";

    /// <summary>Whether the last comes first.</summary>
    public bool Descending { get; init; }

    /// <summary>Page, from 0.</summary>
    public int Page { get; init; }

    /// <summary>Lines of a page; null: everything.</summary>
    public int? PageSize { get; init; }
}

/// <summary>Lists and finds versions of definitions; reads only, and never marks anything as seen.</summary>
public sealed class DefinitionQuery(ApprovalsDbContext db)
{
    /// <summary>A page of versions and how many there are in all.</summary>
    public async Task<(IReadOnlyList<DefinitionVersion> Rows, int Total)> ListAsync(
        DefinitionFilter filter, CancellationToken cancellationToken)
    {
        var rows = Matching(filter);
        var total = await rows.CountAsync(cancellationToken);
        var ordered = Ordered(rows, filter);
        var page = filter.PageSize is { } size ? ordered.Skip(Math.Max(0, filter.Page) * size).Take(size) : ordered;
        return (await page.ToListAsync(cancellationToken), total);
    }

    /// <summary>The newest of the chosen versions of a process; null when there is none.</summary>
    public Task<DefinitionVersion?> FindAsync(string definitionId, VersionChoice versions, CancellationToken cancellationToken) =>
        db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId).Where(versions.Matches)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);

    /// <summary>A version by its id; null when there is none.</summary>
    public Task<DefinitionVersion?> FindAsync(string versionId, CancellationToken cancellationToken) =>
        db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == versionId, cancellationToken);

    /// <summary>How many processes there are.</summary>
    public Task<int> CountAsync(CancellationToken cancellationToken) => db.Definitions.CountAsync(row => row.IsLatest, cancellationToken);

    /// <summary>Whether no other process has this name in its newest version.</summary>
    public async Task<bool> IsNameUniqueAsync(string name, string? definitionId, CancellationToken cancellationToken) =>
        !await db.Definitions.AnyAsync(
            row => row.IsLatest && row.Name == name && row.DefinitionId != (definitionId ?? ""), cancellationToken);

    private IQueryable<DefinitionVersion> Matching(DefinitionFilter filter)
    {
        var rows = db.Definitions.AsNoTracking().Where(filter.Versions.Matches);
        if (filter.Ids.Count > 0)
            rows = rows.Where(row => filter.Ids.Contains(row.Id));
        if (filter.DefinitionIds.Count > 0)
            rows = rows.Where(row => filter.DefinitionIds.Contains(row.DefinitionId));
        if (string.IsNullOrWhiteSpace(filter.Search))
            return rows;

        // Databases compare letters differently; both sides in lower case are the same everywhere.
        var term = filter.Search.Trim().ToLowerInvariant();
        return rows.Where(row => row.Name.ToLower().Contains(term)
            || (row.Description ?? "").ToLower().Contains(term)
            || row.DefinitionId.ToLower().Contains(term)
            || row.Id == term);
    }

    private static IOrderedQueryable<DefinitionVersion> Ordered(IQueryable<DefinitionVersion> rows, DefinitionFilter filter)
    {
        var ordered = (filter.OrderBy.ToLowerInvariant(), filter.Descending) switch
        {
            ("version", false) => rows.OrderBy(row => row.Version),
            ("version", true) => rows.OrderByDescending(row => row.Version),
            ("created", false) => rows.OrderBy(row => row.CreatedAt),
            ("created", true) => rows.OrderByDescending(row => row.CreatedAt),
            (_, true) => rows.OrderByDescending(row => row.Name),
            _ => rows.OrderBy(row => row.Name),
        };
        return ordered.ThenBy(row => row.DefinitionId).ThenByDescending(row => row.Version);
    }
}
