using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Organisation;

/// <summary>A colleague to choose.</summary>
/// <param name="Id">Person.</param>
/// <param name="Name">Name.</param>
/// <param name="Label">Name with unit and title, as a list shows it.</param>
public sealed record Colleague(Guid Id, string Name, string Label);

/// <summary>Active people who hold a post in the same organisation: the whole tree under the same root. A bureau's papers go to nobody else.</summary>
public static class Colleagues
{
    /// <summary>Colleagues of a person, without that person, by unit and name.</summary>
    public static async Task<IReadOnlyList<Colleague>> OfAsync(
        ApprovalsDbContext db, Guid personId, DateOnly today, CancellationToken cancellationToken)
    {
        var parents = await db.OrgUnits.AsNoTracking().ToDictionaryAsync(unit => unit.Id, unit => unit.ParentId, cancellationToken);
        var posts = await (
            from post in db.Positions.AsNoTracking().HeldOn(today)
            join person in db.People on post.PersonId equals person.Id
            join unit in db.OrgUnits on post.OrgUnitId equals unit.Id
            where person.IsActive
            orderby unit.SortOrder, person.Name
            select new { person.Id, person.Name, post.OrgUnitId, Unit = unit.Name, post.Title }).ToListAsync(cancellationToken);
        var mine = posts.Where(post => post.Id == personId).Select(post => RootOf(post.OrgUnitId, parents)).ToHashSet();
        return
        [
            .. posts.Where(post => post.Id != personId && mine.Contains(RootOf(post.OrgUnitId, parents)))
                .DistinctBy(post => post.Id)
                .Select(post => new Colleague(post.Id, post.Name, $"{post.Name}（{post.Unit} {post.Title}）")),
        ];
    }

    private static Guid RootOf(Guid unitId, IReadOnlyDictionary<Guid, Guid?> parents)
    {
        var seen = new HashSet<Guid>();
        while (seen.Add(unitId) && parents.TryGetValue(unitId, out var parent) && parent is { } above)
        {
            unitId = above;
        }

        return unitId;
    }
}
