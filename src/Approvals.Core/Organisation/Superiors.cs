namespace Approvals.Core.Organisation;

/// <summary>Who stands above a post: head → leader in charge → the same in the unit above, and so on.</summary>
public static class Superiors
{
    /// <summary>Rank of a post within its unit; lower is higher.</summary>
    public static int LevelOf(PositionKind kind) => kind switch
    {
        PositionKind.Leader => 0,
        PositionKind.Head => 1,
        _ => 2,
    };

    /// <summary>The nearest superior who is not the person; null when nobody stands above.</summary>
    /// <param name="snapshot">The organisation.</param>
    /// <param name="personId">Whose superior.</param>
    /// <param name="unit">Unit in which the person would act.</param>
    /// <param name="kind">The post in which the person would act.</param>
    /// <param name="day">The day.</param>
    public static (Person Superior, string Post)? Of(
        OrganisationSnapshot snapshot, Guid personId, OrgUnit unit, PositionKind kind, DateOnly day)
    {
        var level = LevelOf(kind);
        foreach (var each in snapshot.UpFrom(unit, day))
        {
            if (level > LevelOf(PositionKind.Head)
                && snapshot.HoldersOf(each.Id, PositionKind.Head, day).FirstOrDefault(one => one.Id != personId) is { } head)
            {
                return (head, $"{each.Name}负责人");
            }

            if (snapshot.LeaderInChargeOf(each, day) is { } charge && charge.Leader.Id != personId)
            {
                return (charge.Leader, charge.NamedBy.Kind == OrgUnitKind.Bureau ? "局主要负责人" : $"{each.Name}分管领导");
            }

            // Whoever heads the unit above outranks every post in this one.
            level = int.MaxValue;
        }

        return null;
    }
}
