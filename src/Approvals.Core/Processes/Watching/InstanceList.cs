using System.Linq.Expressions;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Watching;

/// <summary>Lists running and ended instances for who looks after processes.</summary>
public sealed class InstanceList(ApprovalsDbContext db)
{
    private sealed class Joined
    {
        public required WorkflowInstanceRow Row { get; init; }

        public required Case? Case { get; init; }
    }

    /// <summary>A page of instances and how many there are in all.</summary>
    public async Task<(IReadOnlyList<InstanceLine> Lines, int Total)> ListAsync(InstanceFilter filter, CancellationToken cancellationToken)
    {
        var found = Matching(filter);
        var total = await found.CountAsync(cancellationToken);

        // The state of an instance is long and no list shows it.
        var page = await Ordered(found, filter)
            .Skip(Math.Max(0, filter.Page) * filter.PageSize)
            .Take(filter.PageSize)
            .Select(one => new
            {
                one.Row.Id, one.Row.DefinitionId, one.Row.DefinitionVersionId, one.Row.Version, one.Row.CaseId, one.Row.CorrelationId,
                one.Row.Name, one.Row.Status, one.Row.SubStatus, one.Row.IncidentCount, one.Row.CreatedAt, one.Row.UpdatedAt,
                one.Row.FinishedAt, one.Row.ParentInstanceId, Number = one.Case == null ? null : one.Case.Number,
            })
            .ToListAsync(cancellationToken);
        return (
            page.ConvertAll(one => new InstanceLine(
                new WorkflowInstanceRow
                {
                    Id = one.Id, DefinitionId = one.DefinitionId, DefinitionVersionId = one.DefinitionVersionId, Version = one.Version,
                    CaseId = one.CaseId, CorrelationId = one.CorrelationId, Name = one.Name, Status = one.Status, SubStatus = one.SubStatus,
                    State = "", IncidentCount = one.IncidentCount, CreatedAt = one.CreatedAt, UpdatedAt = one.UpdatedAt,
                    FinishedAt = one.FinishedAt, ParentInstanceId = one.ParentInstanceId,
                },
                one.Number)),
            total);
    }

    private IQueryable<Joined> Matching(InstanceFilter filter)
    {
        var found = from row in db.Instances.AsNoTracking()
            join one in db.Cases on row.CaseId equals (Guid?)one.Id into cases
            from one in cases.DefaultIfEmpty()
            select new Joined { Row = row, Case = one };
        if (filter.Ids.Count > 0)
            found = found.Where(one => filter.Ids.Contains(one.Row.Id));
        if (filter.DefinitionIds.Count > 0)
            found = found.Where(one => filter.DefinitionIds.Contains(one.Row.DefinitionId));
        if (filter.VersionIds.Count > 0)
            found = found.Where(one => filter.VersionIds.Contains(one.Row.DefinitionVersionId));
        if (filter.CorrelationId is { } correlation)
            found = found.Where(one => one.Row.CorrelationId == correlation);
        if (filter.Version is { } version)
            found = found.Where(one => one.Row.Version == version);
        if (filter.HasIncidents is { } broken)
            found = found.Where(one => one.Row.IncidentCount > 0 == broken);
        if (filter.Statuses.Count > 0)
            found = found.Where(one => filter.Statuses.Contains(one.Row.Status));
        if (filter.SubStatuses.Count > 0)
            found = found.Where(one => filter.SubStatuses.Contains(one.Row.SubStatus));
        return Searched(filter.Times.Aggregate(found, Timed), filter.Search);
    }

    private static IQueryable<Joined> Searched(IQueryable<Joined> found, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
            return found;
        var term = search.Trim();
        if (Guid.TryParse(term, out var id))
            return found.Where(one => one.Row.Id == id || one.Row.CaseId == id);

        // Databases compare letters differently; both sides in lower case are the same everywhere.
        var lower = term.ToLowerInvariant();
        return found.Where(one => one.Row.DefinitionId.ToLower().Contains(lower)
            || (one.Row.Name ?? "").ToLower().Contains(lower)
            || (one.Case != null && (one.Case.Number ?? "").ToLower().Contains(lower)));
    }

    private static IQueryable<Joined> Timed(IQueryable<Joined> found, TimeFilter filter)
    {
        var at = filter.Timestamp.ToUniversalTime();
        Expression<Func<Joined, DateTimeOffset?>> column = filter.Column.ToLowerInvariant() switch
        {
            "updatedat" or "lastexecuted" => one => one.Row.UpdatedAt,
            "finishedat" or "finished" => one => one.Row.FinishedAt,
            _ => one => one.Row.CreatedAt,
        };
        Expression given = Expression.Constant(at, typeof(DateTimeOffset?));
        Expression comparison = filter.Operator switch
        {
            "IsNot" => Expression.NotEqual(column.Body, given),
            "LessThan" => Expression.LessThan(column.Body, given),
            "GreaterThan" => Expression.GreaterThan(column.Body, given),
            "LessThanOrEqual" => Expression.LessThanOrEqual(column.Body, given),
            "GreaterThanOrEqual" => Expression.GreaterThanOrEqual(column.Body, given),
            _ => Expression.Equal(column.Body, given),
        };
        return found.Where(Expression.Lambda<Func<Joined, bool>>(comparison, column.Parameters));
    }

    private static IQueryable<Joined> Ordered(IQueryable<Joined> found, InstanceFilter filter)
    {
        var ordered = (filter.OrderBy.ToLowerInvariant(), filter.Ascending) switch
        {
            ("lastexecuted" or "updatedat", true) => found.OrderBy(one => one.Row.UpdatedAt),
            ("lastexecuted" or "updatedat", false) => found.OrderByDescending(one => one.Row.UpdatedAt),
            ("finished" or "finishedat", true) => found.OrderBy(one => one.Row.FinishedAt),
            ("finished" or "finishedat", false) => found.OrderByDescending(one => one.Row.FinishedAt),
            ("name", true) => found.OrderBy(one => one.Case == null ? one.Row.Name : one.Case.Number),
            ("name", false) => found.OrderByDescending(one => one.Case == null ? one.Row.Name : one.Case.Number),
            (_, true) => found.OrderBy(one => one.Row.CreatedAt),
            _ => found.OrderByDescending(one => one.Row.CreatedAt),
        };
        return filter.Ascending ? ordered.ThenBy(one => one.Row.Id) : ordered.ThenByDescending(one => one.Row.Id);
    }
}
