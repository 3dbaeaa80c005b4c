using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>A unit that a task comes from.</summary>
internal sealed record UnitOfTask(Guid Id, string? Name);

/// <summary>A published process, to filter by.</summary>
/// <param name="Key">Process key.</param>
/// <param name="Name">Name in Chinese.</param>
/// <param name="VersionId">Its published version.</param>
public sealed record ProcessOfFilter(string Key, string Name, string VersionId);

/// <summary>What every page with the inbox in its head reads, translated once for the life of the process. Singleton.</summary>
public sealed class InboxRows
{
    private readonly Func<ApprovalsDbContext, Guid, CancellationToken, Task<InboxCounts?>> _counts =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid personId, CancellationToken _) => db.People
            .Where(person => person.Id == personId)
            .Select(_ => new InboxCounts(
                db.Tasks.Where(task => task.AssigneeId == personId && task.State == TaskState.Open)
                    .OrderBy(task => task.SortDue).Take(InboxQuery.CountLimit).Count(),
                db.Tasks.Where(task => task.DecidedById == personId)
                    .OrderByDescending(task => task.ClosedAt).Take(InboxQuery.CountLimit).Count(),
                db.Cases.Where(one => one.StarterId == personId)
                    .OrderByDescending(one => one.CreatedAt).Take(InboxQuery.CountLimit).Count(),
                db.Copies.Where(copy => copy.PersonId == personId && copy.ReadAt == null)
                    .OrderByDescending(copy => copy.At).Take(InboxQuery.CountLimit).Count(),
                db.Notifications.Where(message => message.PersonId == personId && message.ReadAt == null)
                    .OrderByDescending(message => message.At).Take(InboxQuery.CountLimit).Count()))
            .FirstOrDefault());

    private readonly Func<ApprovalsDbContext, Guid, IAsyncEnumerable<UnitOfTask>> _units =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid personId) => db.Tasks
            .Where(task => task.AssigneeId == personId && task.State == TaskState.Open)
            .OrderBy(task => task.SortDue).Take(InboxQuery.UnitsFrom)
            .Where(task => task.UnitId != null)
            .Select(task => new UnitOfTask(task.UnitId!.Value, task.UnitName)).Distinct());

    private readonly Func<ApprovalsDbContext, IAsyncEnumerable<ProcessOfFilter>> _processes =
        EF.CompileAsyncQuery((ApprovalsDbContext db) => db.Definitions.Where(one => one.IsPublished)
            .Select(one => new ProcessOfFilter(one.DefinitionId, one.Name, one.Id)));

    /// <summary>Numbers of the person's own lists; null when there is no such person.</summary>
    internal Task<InboxCounts?> CountsAsync(ApprovalsDbContext db, Guid personId, CancellationToken cancellationToken) =>
        _counts(db, personId, cancellationToken);

    /// <summary>Units of the person's first open tasks.</summary>
    internal ValueTask<List<UnitOfTask>> UnitsAsync(ApprovalsDbContext db, Guid personId, CancellationToken cancellationToken) =>
        _units(db, personId).ToListAsync(cancellationToken);

    /// <summary>Published processes.</summary>
    internal ValueTask<List<ProcessOfFilter>> ProcessesAsync(ApprovalsDbContext db, CancellationToken cancellationToken) =>
        _processes(db).ToListAsync(cancellationToken);
}
