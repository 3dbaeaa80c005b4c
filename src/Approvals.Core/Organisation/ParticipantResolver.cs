using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Organisation;

/// <summary>Finds the people of a step when it starts: loads what the specs touch and asks <see cref="ParticipantRules"/>.</summary>
public sealed class ParticipantResolver(ApprovalsDbContext db, OrganisationRows rows)
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
        var staffed = await rows.UnitsAsync(db, context.UnitId, context.ApplicantId, context.Today, cancellationToken);
        await AddUnitsAboveAsync(staffed, context, cancellationToken);
        var units = staffed.Select(one => one.Unit).DistinctBy(unit => unit.Id).ToList();
        var posts = staffed.Select(one => one.Post).OfType<Position>().ToList();
        var holders = roles.Count == 0
            ? []
            : await db.RoleAssignments.AsNoTracking().Where(one => roles.Contains(one.Role)).ToListAsync(cancellationToken);

        var people = staffed.Select(one => one.Person).OfType<Person>().DistinctBy(one => one.Id).ToDictionary(one => one.Id);
        var others = Named(specs, context).Concat(holders.Select(one => one.PersonId)).Where(id => !people.ContainsKey(id)).ToList();
        if (others.Count > 0)
        {
            foreach (var person in await db.People.AsNoTracking().Where(one => others.Contains(one.Id)).ToListAsync(cancellationToken))
            {
                people.Add(person.Id, person);
            }
        }

        return new OrganisationSnapshot(units, posts, holders, people);
    }

    /// <summary>People that the specs name without a post.</summary>
    private static IEnumerable<Guid> Named(List<ParticipantSpec> specs, ParticipantContext context) =>
        specs.SelectMany(spec => spec.Kind switch
        {
            ParticipantKind.Applicant => [context.ApplicantId],
            ParticipantKind.Starter => [context.StarterId],
            ParticipantKind.Person => [Guid.Parse(spec.Argument)],
            ParticipantKind.Field => context.PersonIn(spec.Argument) is { } named ? [named] : [],
            ParticipantKind.Decider => context.DecidersByActivity.GetValueOrDefault(spec.Argument, []),
            _ => (IEnumerable<Guid>)[],
        });

    /// <summary>An outside unit may belong to another (a mine to its group); the tree is a few levels deep.</summary>
    private async Task AddUnitsAboveAsync(List<StaffedUnit> staffed, ParticipantContext context, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = staffed.Select(one => one.Unit.Id).ToHashSet();
            var loaded = new List<StaffedUnit>();
            foreach (var id in staffed.Select(one => one.Unit.ParentId).OfType<Guid>().Where(id => !known.Contains(id)).Distinct())
            {
                loaded.AddRange(await rows.UnitAsync(db, id, context.ApplicantId, context.Today, cancellationToken));
            }

            if (loaded.Count == 0)
            {
                return;
            }

            staffed.AddRange(loaded);
        }
    }
}
