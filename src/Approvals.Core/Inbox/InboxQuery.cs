using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Inbox;

/// <summary>
/// Reads the four lists of a person's inbox. Every list is one index range read from its start (keyset paging), so its cost does
/// not grow with the number of tasks in the bureau.
/// </summary>
public sealed class InboxQuery(ApprovalsDbContext db, InboxRows rows, ActingRights acting, PersonNames people, TimeProvider time)
{
    private readonly Dictionary<Guid, IReadOnlyList<Acting>> principals = [];

    /// <summary>Rows on a page.</summary>
    public const int PageSize = 20;

    /// <summary>Tabs count no further than this and then say 99+.</summary>
    public const int CountLimit = 100;

    /// <summary>The filter names the units of so many of the most urgent tasks.</summary>
    internal const int UnitsFrom = 300;

    /// <summary>One page of 待办, with the tasks of everybody the person substitutes for today.</summary>
    public async Task<InboxPage> ToDoAsync(Guid personId, InboxFilter filter, InboxCursor? after, CancellationToken cancellationToken)
    {
        var found = await OpenOfAsync(personId, null, filter, after, cancellationToken);
        foreach (var principal in await PrincipalsAsync(personId, cancellationToken))
        {
            // One index range per principal and a merge in memory: an IN over people would sort all of their tasks.
            found.AddRange(await OpenOfAsync(principal.Id, principal, filter, after, cancellationToken));
        }

        return PageOf(found.OrderBy(row => row.SortDue).ThenByDescending(row => row.At).ThenBy(row => row.Id).ToList());
    }

    /// <summary>One page of 已办: what the person decided, newest first.</summary>
    public async Task<InboxPage> DoneAsync(Guid personId, InboxFilter filter, InboxCursor? after, CancellationToken cancellationToken)
    {
        var tasks = Narrow(db.Tasks.AsNoTracking().Where(task => task.DecidedById == personId), filter);
        if (filter.Since is { } since)
        {
            tasks = tasks.Where(task => task.ClosedAt >= since);
        }

        if (after is not null)
        {
            tasks = tasks.Where(task => task.ClosedAt < after.At || (task.ClosedAt == after.At && task.Id.CompareTo(after.Id) > 0));
        }

        return PageOf(await tasks.OrderByDescending(task => task.ClosedAt).ThenBy(task => task.Id).Take(PageSize + 1)
            .Select(task => new InboxRow
            {
                Id = task.Id,
                CaseId = task.CaseId,
                SubjectName = task.SubjectName,
                CaseNumber = task.CaseNumber,
                ProcessName = task.ProcessName,
                StepName = task.StepName,
                UnitName = task.UnitName,
                FromName = task.FromName,
                At = task.ClosedAt!.Value,
                Outcome = task.DecidedAs,
                OnBehalfOf = task.AssigneeId == personId
                    ? null
                    : db.People.Where(person => person.Id == task.AssigneeId).Select(person => person.Name).FirstOrDefault(),
            }).ToListAsync(cancellationToken));
    }

    /// <summary>One page of 我发起: the person's own cases and drafts, newest first.</summary>
    public Task<InboxPage> StartedAsync(Guid personId, InboxFilter filter, InboxCursor? after, CancellationToken cancellationToken) =>
        CasesAsync(db.Cases.AsNoTracking().Where(one => one.StarterId == personId), filter, after, cancellationToken);

    /// <summary>One page of 抄送, newest first.</summary>
    public async Task<InboxPage> CopiedAsync(Guid personId, InboxFilter filter, InboxCursor? after, CancellationToken cancellationToken)
    {
        var copies = db.Copies.AsNoTracking().Where(copy => copy.PersonId == personId);
        if (filter.Since is { } since)
        {
            copies = copies.Where(copy => copy.At >= since);
        }

        if (after is not null)
        {
            copies = copies.Where(copy => copy.At < after.At || (copy.At == after.At && copy.Id.CompareTo(after.Id) > 0));
        }

        var cases = Narrow(db.Cases.AsNoTracking(), filter);
        var listed = from copy in copies
                   join one in cases on copy.CaseId equals one.Id
                   orderby copy.At descending, copy.Id
                   select new InboxRow
                   {
                       Id = copy.Id,
                       CaseId = one.Id,
                       SubjectName = one.SubjectName,
                       CaseNumber = one.Number,
                       ProcessName = one.ProcessName,
                       StepName = copy.Reason,
                       At = copy.At,
                       Status = one.Status,
                       Outcome = one.Outcome,
                       IsNew = copy.ReadAt == null,
                   };
        return PageOf(await listed.Take(PageSize + 1).ToListAsync(cancellationToken));
    }

    /// <summary>Numbers for the tabs in one round trip, each counted up to <see cref="CountLimit"/> only.</summary>
    public async Task<InboxCounts> CountAsync(Guid personId, CancellationToken cancellationToken)
    {
        var counts = await rows.CountsAsync(db, personId, cancellationToken) ?? new InboxCounts(0, 0, 0, 0, 0);
        foreach (var principal in await PrincipalsAsync(personId, cancellationToken))
        {
            var theirs = await OpenTasksOf(principal.Id, principal).OrderBy(task => task.SortDue).Take(CountLimit)
                .CountAsync(cancellationToken);
            counts = counts with { ToDo = Math.Min(CountLimit, counts.ToDo + theirs) };
        }

        return counts;
    }

    /// <summary>Units that the person's open tasks come from, for the filter.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> UnitsAsync(Guid personId, CancellationToken cancellationToken) =>
        [.. (await rows.UnitsAsync(db, personId, cancellationToken)).Select(unit => (unit.Id, unit.Name ?? ""))
            .OrderBy(unit => unit.Item2, StringComparer.Ordinal)];

    /// <summary>Published processes, for the filter.</summary>
    public async Task<IReadOnlyList<ProcessOfFilter>> ProcessesAsync(CancellationToken cancellationToken) =>
        await rows.ProcessesAsync(db, cancellationToken);

    private Task<List<InboxRow>> OpenOfAsync(
        Guid assigneeId, Acting? principal, InboxFilter filter, InboxCursor? after, CancellationToken cancellationToken)
    {
        var tasks = Narrow(OpenTasksOf(assigneeId, principal), filter);
        if (filter.Since is { } since)
        {
            tasks = tasks.Where(task => task.ArrivedAt >= since);
        }

        if (after is not null)
        {
            tasks = tasks.Where(task => task.SortDue > after.Due || (task.SortDue == after.Due
                && (task.ArrivedAt < after.At || (task.ArrivedAt == after.At && task.Id.CompareTo(after.Id) > 0))));
        }

        var onBehalfOf = principal?.Name;
        return tasks.OrderBy(task => task.SortDue).ThenByDescending(task => task.ArrivedAt).ThenBy(task => task.Id).Take(PageSize + 1)
            .Select(task => new InboxRow
            {
                Id = task.Id,
                CaseId = task.CaseId,
                SubjectName = task.SubjectName,
                CaseNumber = task.CaseNumber,
                ProcessName = task.ProcessName,
                StepName = task.StepName,
                UnitName = task.UnitName,
                FromName = task.FromName,
                FailedFindings = task.FailedFindings,
                At = task.ArrivedAt,
                DueAt = task.DueAt,
                SortDue = task.SortDue,
                OnBehalfOf = onBehalfOf,
                IsNew = task.OpenedAt == null,
            }).ToListAsync(cancellationToken);
    }

    private IQueryable<InboxTask> OpenTasksOf(Guid assigneeId, Acting? principal)
    {
        var tasks = db.Tasks.AsNoTracking().Where(task => task.AssigneeId == assigneeId && task.State == TaskState.Open);
        if (principal is null)
        {
            return tasks;
        }

        tasks = tasks.OpenToSubstitute(db, principal.SubstituteId);
        return principal.ProcessKey is { } process ? tasks.Where(task => task.ProcessKey == process) : tasks;
    }

    private async Task<InboxPage> CasesAsync(
        IQueryable<Case> cases, InboxFilter filter, InboxCursor? after, CancellationToken cancellationToken)
    {
        cases = Narrow(cases, filter);
        if (filter.Since is { } since)
        {
            cases = cases.Where(one => one.CreatedAt >= since);
        }

        if (after is not null)
        {
            cases = cases.Where(one => one.CreatedAt < after.At || (one.CreatedAt == after.At && one.Id.CompareTo(after.Id) > 0));
        }

        return PageOf(await cases.OrderByDescending(one => one.CreatedAt).ThenBy(one => one.Id).Take(PageSize + 1)
            .Select(one => new InboxRow
            {
                Id = one.Id,
                CaseId = one.Id,
                SubjectName = one.SubjectName,
                CaseNumber = one.Number,
                ProcessName = one.ProcessName,
                StepName = one.CurrentSteps,
                At = one.CreatedAt,
                Status = one.Status,
                Outcome = one.Outcome,
            }).ToListAsync(cancellationToken));
    }

    private static IQueryable<InboxTask> Narrow(IQueryable<InboxTask> tasks, InboxFilter filter)
    {
        tasks = filter.ProcessKey is { } process ? tasks.Where(task => task.ProcessKey == process) : tasks;
        tasks = filter.UnitId is { } unit ? tasks.Where(task => task.UnitId == unit) : tasks;
        return filter.Search is { } search
            ? tasks.Where(task => task.CaseNumber.StartsWith(search) || task.SubjectName.Contains(search))
            : tasks;
    }

    private static IQueryable<Case> Narrow(IQueryable<Case> cases, InboxFilter filter)
    {
        cases = filter.ProcessKey is { } process ? cases.Where(one => one.ProcessKey == process) : cases;
        cases = filter.UnitId is { } unit ? cases.Where(one => one.UnitId == unit) : cases;
        return filter.Search is { } search
            ? cases.Where(one => one.Number!.StartsWith(search) || one.SubjectName.Contains(search))
            : cases;
    }

    private static InboxPage PageOf(IReadOnlyList<InboxRow> rows)
    {
        if (rows.Count <= PageSize)
        {
            return new InboxPage(rows, null);
        }

        var last = rows[PageSize - 1];
        return new InboxPage(rows.Take(PageSize).ToList(), new InboxCursor(last.SortDue, last.At, last.Id));
    }

    /// <summary>Asked for the list and again for the counts of one page, so the answer is kept for the scope.</summary>
    private async Task<IReadOnlyList<Acting>> PrincipalsAsync(Guid personId, CancellationToken cancellationToken)
    {
        if (principals.TryGetValue(personId, out var known))
        {
            return known;
        }

        var found = await acting.PrincipalsOfAsync(personId, time.Today(), cancellationToken);
        var names = await people.ForAsync(found.Select(one => one.PersonId), cancellationToken);

        // Two substitutions for the same principal: the one for all processes contains the other.
        return principals[personId] = [.. found.GroupBy(one => one.PersonId)
            .SelectMany(same => same.Any(one => one.ProcessKey is null) ? same.Where(one => one.ProcessKey is null).Take(1) : same)
            .Select(one => new Acting(one.PersonId, names.GetValueOrDefault(one.PersonId, ""), one.ProcessKey, personId))];
    }

    private sealed record Acting(Guid Id, string Name, string? ProcessKey, Guid SubstituteId);
}
