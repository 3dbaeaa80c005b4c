using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Organisation;

/// <summary>Finds the people of a step when it starts: loads what the specs touch and asks <see cref="ParticipantRules"/>.</summary>
public sealed class ParticipantResolver(ApprovalsDbContext db)
{
    /// <summary>Resolves the specs of a step; see <see cref="ParticipantRules.Resolve"/>.</summary>
    public async Task<ParticipantResolution> ResolveAsync(
        IReadOnlyList<string> who, ParticipantContext context, CancellationToken cancellationToken) =>
        ParticipantRules.Resolve(who, context, await LoadAsync(who, context, cancellationToken));

    private async Task<OrganisationSnapshot> LoadAsync(
        IReadOnlyList<string> who, ParticipantContext context, CancellationToken cancellationToken)
    {
        var specs = who.Select(ParticipantSpec.TryParse).OfType<ParticipantSpec>().ToList();
        var roles = specs.Where(spec => spec.Kind == ParticipantKind.Role).Select(spec => spec.Argument).ToList();
        var named = specs.Where(spec => spec.Kind == ParticipantKind.Person).Select(spec => Guid.Parse(spec.Argument))
            .Concat(specs.Where(spec => spec.Kind == ParticipantKind.Field).Select(spec => context.PersonIn(spec.Argument)).OfType<Guid>())
            .Concat(context.DecidersByActivity.Values.SelectMany(ids => ids))
            .Append(context.ApplicantId).Append(context.StarterId).ToList();

        // The bureau is small; of the outside units only those where the applicant works are needed.
        var applicantUnits = await db.Positions.Where(post => post.PersonId == context.ApplicantId)
            .Select(post => post.OrgUnitId).ToListAsync(cancellationToken);
        var units = await db.OrgUnits.AsNoTracking()
            .Where(unit => unit.Kind == OrgUnitKind.Bureau || unit.Kind == OrgUnitKind.Section
                || unit.Kind == OrgUnitKind.ServiceCentre || unit.Id == context.UnitId || applicantUnits.Contains(unit.Id))
            .ToListAsync(cancellationToken);
        await AddUnitsAboveAsync(units, cancellationToken);

        var unitIds = units.ConvertAll(unit => unit.Id);
        var posts = await db.Positions.AsNoTracking()
            .Where(post => unitIds.Contains(post.OrgUnitId) && post.From <= context.Today
                && (post.Until == null || post.Until >= context.Today)
                && (post.Kind != PositionKind.Member || post.PersonId == context.ApplicantId))
            .ToListAsync(cancellationToken);
        var holders = roles.Count == 0
            ? []
            : await db.RoleAssignments.AsNoTracking().Where(one => roles.Contains(one.Role)).ToListAsync(cancellationToken);

        var ids = named.Concat(posts.Select(post => post.PersonId)).Concat(holders.Select(one => one.PersonId)).Distinct().ToList();
        var people = await db.People.AsNoTracking().Where(person => ids.Contains(person.Id))
            .ToDictionaryAsync(person => person.Id, cancellationToken);
        return new OrganisationSnapshot(units, posts, holders, people);
    }

    /// <summary>An outside unit may belong to another (a mine to its group); the tree is a few levels deep.</summary>
    private async Task AddUnitsAboveAsync(List<OrgUnit> units, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = units.Select(unit => unit.Id).ToHashSet();
            var above = units.Select(unit => unit.ParentId).OfType<Guid>().Where(id => !known.Contains(id)).Distinct().ToList();
            var loaded = above.Count == 0
                ? []
                : await db.OrgUnits.AsNoTracking().Where(unit => above.Contains(unit.Id)).ToListAsync(cancellationToken);
            if (loaded.Count == 0)
            {
                return;
            }

            units.AddRange(loaded);
        }
    }
}
