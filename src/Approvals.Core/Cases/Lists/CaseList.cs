using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>A page of a list of cases.</summary>
/// <param name="Rows">At most <see cref="CaseList.PageSize"/>, the newest first.</param>
/// <param name="Next">Id behind which the next page begins; null on the last.</param>
public sealed record CasePage(IReadOnlyList<Case> Rows, Guid? Next);

/// <summary>业务件 — every case that the signed-in person may read: the same people as <see cref="CaseAccess"/>, asked as one query.</summary>
public sealed class CaseList(ApprovalsDbContext db, CurrentPerson person, ActingRights acting, TimeProvider clock)
{
    /// <summary>Rows on a page.</summary>
    public const int PageSize = 20;

    /// <summary>One page; ids are time-ordered, so they page the list.</summary>
    public async Task<CasePage> PageAsync(CaseFilter filter, Guid? after, CancellationToken cancellationToken)
    {
        var cases = filter.Narrow(await ReadableAsync(cancellationToken));
        cases = after is { } last ? cases.Where(one => one.Id.CompareTo(last) < 0) : cases;
        var rows = await cases.OrderByDescending(one => one.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        return new CasePage([.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Id : null);
    }

    /// <summary>Every case that the signed-in person may read, drafts left out.</summary>
    public async Task<IQueryable<Case>> ReadableAsync(CancellationToken cancellationToken)
    {
        var cases = db.Cases.AsNoTracking().Where(one => one.Status != CaseStatus.Draft);
        if (person.Is(Roles.Auditor) || person.Is(Roles.SystemAdministrator))
            return cases;
        var me = person.RequiredId;
        var today = clock.Today();
        var mine = db.Tasks.Where(task => task.AssigneeId == me || task.DecidedById == me).Select(task => task.CaseId)
            .Union(db.Copies.Where(copy => copy.PersonId == me).Select(copy => copy.CaseId));
        foreach (var principal in await acting.PrincipalsOfAsync(me, today, cancellationToken))
        {
            var (id, process) = (principal.PersonId, principal.ProcessKey);
            mine = mine.Union(db.Tasks.Where(task => task.AssigneeId == id && (process == null || task.ProcessKey == process))
                .Select(task => task.CaseId));
        }

        var sections = await SectionsAsync(me, today, cancellationToken);
        return cases.Where(one => one.StarterId == me || one.ApplicantId == me
            || (one.OwnerSectionId != null && sections.Contains(one.OwnerSectionId.Value)) || mine.Contains(one.Id));
    }

    /// <summary>Which of these cases the signed-in person may open; lists of other things link to no others.</summary>
    public async Task<IReadOnlySet<Guid>> ReadableAmongAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct().ToList();
        return asked.Count == 0
            ? new HashSet<Guid>()
            : await (await ReadableAsync(cancellationToken)).Where(one => asked.Contains(one.Id)).Select(one => one.Id)
                .ToHashSetAsync(cancellationToken);
    }

    /// <summary>Sections that own cases which the signed-in person may read, for the filter.</summary>
    public async Task<IReadOnlyList<OrgUnit>> OwnersAsync(CancellationToken cancellationToken)
    {
        var readable = await ReadableAsync(cancellationToken);
        return await db.OrgUnits.AsNoTracking().Where(unit => readable.Any(one => one.OwnerSectionId == unit.Id))
            .OrderBy(unit => unit.SortOrder).ThenBy(unit => unit.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Sections the person heads, handles for, or is the leader in charge of.</summary>
    private async Task<List<Guid>> SectionsAsync(Guid me, DateOnly today, CancellationToken cancellationToken) => await db.OrgUnits
        .Where(unit => unit.LeaderInChargeId == me).Select(unit => unit.Id)
        .Union(db.Positions.HeldOn(today).OfHeadsAndHandlers().Where(post => post.PersonId == me).Select(post => post.OrgUnitId))
        .ToListAsync(cancellationToken);
}
