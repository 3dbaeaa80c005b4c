using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Watching;

/// <summary>Which lines of a journal are asked for; what is empty does not matter.</summary>
/// <param name="ActivityIds">Activities.</param>
/// <param name="NodeIds">Paths.</param>
/// <param name="ExcludedTypes">Activity types left out.</param>
/// <param name="Events">Events.</param>
public sealed record JournalFilter(
    IReadOnlyList<string> ActivityIds, IReadOnlyList<string> NodeIds, IReadOnlyList<string> ExcludedTypes, IReadOnlyList<string> Events);

/// <summary>Reads what happened in an instance.</summary>
public sealed class InstanceHistory(ApprovalsDbContext db)
{
    /// <summary>The lines of the journal that are asked for, in order.</summary>
    public async Task<IReadOnlyList<JournalLine>> JournalAsync(Guid instanceId, JournalFilter filter, CancellationToken cancellationToken) =>
    [
        .. (await JournalReader.ReadAsync(db, instanceId, cancellationToken))
            .Where(line => filter.ActivityIds.Count == 0 || filter.ActivityIds.Contains(line.ActivityId))
            .Where(line => filter.NodeIds.Count == 0 || filter.NodeIds.Contains(line.NodeId))
            .Where(line => !filter.ExcludedTypes.Contains(line.ActivityType))
            .Where(line => filter.Events.Count == 0 || filter.Events.Contains(line.Event)),
    ];

    /// <summary>Every run of every activity, in the order in which they began.</summary>
    public async Task<IReadOnlyList<ActivityExecution>> ExecutionsAsync(InstanceView view, CancellationToken cancellationToken) =>
        ActivityExecutions.Of(
            await JournalReader.ReadAsync(db, view.Row.Id, cancellationToken),
            view.State.Bookmarks.Select(mark => mark.ActivityRunId).ToHashSet(),
            view.State);

    /// <summary>Where an instance waits.</summary>
    public Task<List<WorkflowBookmarkRow>> BookmarksAsync(Guid instanceId, CancellationToken cancellationToken) =>
        db.Bookmarks.AsNoTracking().Where(row => row.InstanceId == instanceId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);

    /// <summary>Open incidents of an instance.</summary>
    public Task<List<WorkflowIncidentRow>> IncidentsAsync(Guid instanceId, CancellationToken cancellationToken) =>
        db.Incidents.AsNoTracking().Where(row => row.InstanceId == instanceId && row.ResolvedAt == null).OrderBy(row => row.At)
            .ThenBy(row => row.Id).ToListAsync(cancellationToken);
}
