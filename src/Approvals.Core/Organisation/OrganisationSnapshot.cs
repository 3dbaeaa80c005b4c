namespace Approvals.Core.Organisation;

/// <summary>As much of the organisation as resolving a step needs, as plain values.</summary>
/// <param name="Units">Units that may be named, and the units above them.</param>
/// <param name="Posts">Posts held there; ended ones may be among them.</param>
/// <param name="RoleHolders">Holders of the roles that are named.</param>
/// <param name="People">Everybody mentioned above and by the context.</param>
public sealed record OrganisationSnapshot(
    IReadOnlyList<OrgUnit> Units,
    IReadOnlyList<Position> Posts,
    IReadOnlyList<RoleAssignment> RoleHolders,
    IReadOnlyDictionary<Guid, Person> People)
{
    /// <summary>The unit, when it existed on the day; null otherwise.</summary>
    public OrgUnit? OpenUnit(Guid? id, DateOnly day) =>
        Units.FirstOrDefault(unit => unit.Id == id && (unit.ClosedOn is null || unit.ClosedOn > day));

    /// <summary>The active person; null when unknown or gone.</summary>
    public Person? Active(Guid? id) => id is { } key && People.TryGetValue(key, out var person) && person.IsActive ? person : null;

    /// <summary>Active people who held the post in the unit on the day, longest-serving first.</summary>
    public IReadOnlyList<Person> HoldersOf(Guid unitId, PositionKind kind, DateOnly day) =>
    [
        .. Posts.Where(post => post.OrgUnitId == unitId && post.Kind == kind && IsHeld(post, day))
            .OrderBy(post => post.From).ThenBy(post => post.PersonId)
            .Select(post => Active(post.PersonId)).OfType<Person>().DistinctBy(person => person.Id),
    ];

    /// <summary>
    /// 分管领导 of the unit on the day: the one recorded, when still a leader; where none is recorded, that of the unit above.
    /// </summary>
    /// <returns>The leader and the unit that names them; null when there is none.</returns>
    public (Person Leader, OrgUnit NamedBy)? LeaderInChargeOf(OrgUnit unit, DateOnly day)
    {
        foreach (var each in UpFrom(unit, day))
        {
            if (each.LeaderInChargeId is { } id)
            {
                // A leader who is recorded but gone is not silently replaced by the next level: somebody has to decide that.
                return IsLeader(id, day) && Active(id) is { } leader ? (leader, each) : null;
            }
        }

        return null;
    }

    /// <summary>The unit and those above it, each once even when the tree was broken by hand.</summary>
    public IEnumerable<OrgUnit> UpFrom(OrgUnit unit, DateOnly day)
    {
        var seen = new HashSet<Guid>();
        for (OrgUnit? each = unit; each is not null && seen.Add(each.Id); each = OpenUnit(each.ParentId, day))
        {
            yield return each;
        }
    }

    /// <summary>Posts the person held on the day, highest first.</summary>
    public IEnumerable<Position> PostsOf(Guid personId, DateOnly day) =>
        Posts.Where(post => post.PersonId == personId && IsHeld(post, day)).OrderBy(post => Superiors.LevelOf(post.Kind));

    private bool IsLeader(Guid personId, DateOnly day) =>
        Posts.Any(post => post.PersonId == personId && post.Kind == PositionKind.Leader && IsHeld(post, day));

    private static bool IsHeld(Position post, DateOnly day) => post.From <= day && (post.Until is null || post.Until >= day);
}
