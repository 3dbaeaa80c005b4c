using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Organisation;

/// <summary>A unit with one of its posts and who holds it; without both when nobody does.</summary>
internal sealed record StaffedUnit(OrgUnit Unit, Position? Post, Person? Person);

/// <summary>What every step reads of the organisation when it opens, translated once for the life of the process. Singleton.</summary>
public sealed class OrganisationRows
{
    private readonly Func<ApprovalsDbContext, bool, Guid?, Guid, DateOnly, IAsyncEnumerable<StaffedUnit>> _units =
        EF.CompileAsyncQuery((ApprovalsDbContext db, bool isWithBureau, Guid? unitId, Guid applicantId, DateOnly today) =>
            from unit in db.OrgUnits.AsNoTracking()
            from held in (
                from post in db.Positions.AsNoTracking()
                join person in db.People.AsNoTracking() on post.PersonId equals person.Id
                where post.OrgUnitId == unit.Id && post.From <= today && (post.Until == null || post.Until >= today)
                    && (post.Kind != PositionKind.Member || post.PersonId == applicantId)
                select new { Post = post, Person = person }).DefaultIfEmpty()
            where unit.Id == unitId || (isWithBureau
                && (unit.Kind == OrgUnitKind.Bureau || unit.Kind == OrgUnitKind.Section || unit.Kind == OrgUnitKind.ServiceCentre
                    || db.Positions.Where(post => post.PersonId == applicantId).Select(post => post.OrgUnitId).Contains(unit.Id)))
            select new StaffedUnit(unit, held.Post, held.Person));

    private readonly Func<ApprovalsDbContext, Guid, DateOnly, IAsyncEnumerable<Principal>> _principals =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid substituteId, DateOnly today) => db.Substitutions
            .Where(one => one.SubstituteId == substituteId && one.From <= today && one.Until >= today && one.EndedAt == null
                && db.People.Any(person => person.Id == one.PrincipalId && person.IsActive)
                && db.People.Any(person => person.Id == one.SubstituteId && person.IsActive))
            .Select(one => new Principal(one.PrincipalId, one.ProcessKey)).Distinct());

    /// <summary>Whom somebody stands in for. Who left takes the own authority along: neither a gone principal nor a gone substitute counts.</summary>
    internal ValueTask<List<Principal>> PrincipalsAsync(
        ApprovalsDbContext db, Guid substituteId, DateOnly today, CancellationToken cancellationToken) =>
        _principals(db, substituteId, today).ToListAsync(cancellationToken);

    /// <summary>
    /// The bureau, which is small, and of the outside units the named one and those where the applicant works; with the posts held there
    /// on the day, of plain members only the applicant's.
    /// </summary>
    internal ValueTask<List<StaffedUnit>> UnitsAsync(
        ApprovalsDbContext db, Guid? unitId, Guid applicantId, DateOnly today, CancellationToken cancellationToken) =>
        _units(db, true, unitId, applicantId, today).ToListAsync(cancellationToken);

    /// <summary>The same of one unit alone.</summary>
    internal ValueTask<List<StaffedUnit>> UnitAsync(
        ApprovalsDbContext db, Guid id, Guid applicantId, DateOnly today, CancellationToken cancellationToken) =>
        _units(db, false, id, applicantId, today).ToListAsync(cancellationToken);
}
