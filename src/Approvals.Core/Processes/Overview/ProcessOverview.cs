using Approvals.Core.Data;
using Approvals.Core.Processes.RoundTrip;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Overview;

/// <summary>What a process owner sees first: every process, its versions, who changed it, and how many cases run on each version.</summary>
public sealed class ProcessOverview(ApprovalsDbContext db, ProcessFileStates states)
{
    /// <summary>The processes by name.</summary>
    public async Task<IReadOnlyList<ProcessLine>> ListAsync(CancellationToken cancellationToken)
    {
        // Without the definitions themselves, which are long.
        var rows = await db.Definitions.AsNoTracking()
            .Select(row => new Row(
                row.Id, row.DefinitionId, row.Version, row.Name, row.IsLatest, row.IsPublished, row.PublishedAt, row.PublishedBy,
                row.PublishReason, row.SavedAt, row.SavedBy, row.CreatedAt, row.CreatedBy, row.SourceHash, row.Hash))
            .ToListAsync(cancellationToken);
        var open = await db.Instances.Where(run => run.Status == "Running")
            .GroupBy(run => run.DefinitionVersionId)
            .Select(group => new { Id = group.Key, Runs = group.Count(), Incidents = group.Sum(run => run.IncidentCount) })
            .ToDictionaryAsync(group => group.Id, cancellationToken);
        var who = rows.SelectMany(row => new[] { row.PublishedBy, row.SavedBy, row.CreatedBy }).OfType<Guid>().Distinct().ToList();
        var names = await db.People.Where(person => who.Contains(person.Id))
            .ToDictionaryAsync(person => person.Id, person => person.Name, cancellationToken);
        var files = (await states.ListAsync(cancellationToken)).ToDictionary(state => state.DefinitionId, state => (FileState?)state.State);

        return
        [
            .. rows.GroupBy(row => row.DefinitionId)
                .Select(group => new ProcessLine(
                    group.Key,
                    [
                        .. group.OrderByDescending(row => row.Version).Select(row => row.ToLine(
                            names, open.GetValueOrDefault(row.Id)?.Runs ?? 0, open.GetValueOrDefault(row.Id)?.Incidents ?? 0)),
                    ],
                    files.GetValueOrDefault(group.Key)))
                .OrderBy(line => line.Latest.Name, StringComparer.Ordinal),
        ];
    }

    private sealed record Row(
        string Id, string DefinitionId, int Version, string Name, bool IsLatest, bool IsPublished, DateTimeOffset? PublishedAt,
        Guid? PublishedBy, string? PublishReason, DateTimeOffset? SavedAt, Guid? SavedBy, DateTimeOffset CreatedAt, Guid? CreatedBy,
        string? SourceHash, string Hash)
    {
        /// <summary>Imported versions come published; those of the designer have a moment at which they were.</summary>
        private VersionState State => IsPublished ? VersionState.Published
            : IsLatest && SourceHash is null && PublishedAt is null ? VersionState.Draft
            : VersionState.Earlier;

        public VersionLine ToLine(Dictionary<Guid, string> names, int open, int incidents)
        {
            var by = PublishedBy ?? SavedBy ?? CreatedBy;
            return new VersionLine(
                Id, Version, Name, State, PublishedAt ?? SavedAt ?? CreatedAt, by is { } id ? names.GetValueOrDefault(id) : null, PublishReason,
                open, incidents, Hash);
        }
    }
}
