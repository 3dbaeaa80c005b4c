namespace Approvals.Core.Organisation;

/// <summary>
/// Turns the people a step names relative to the case into persons. Pure: the same snapshot and day always give the same people.
/// </summary>
public static class ParticipantRules
{
    /// <summary>Resolves the specs of a step.</summary>
    /// <param name="who">Specs, e.g. <c>head@owner</c>; one that cannot be read is reported as unresolved.</param>
    /// <param name="context">The case and the day.</param>
    /// <param name="snapshot">The organisation.</param>
    /// <returns>Each person once, with every reason; specs that led to nobody apart.</returns>
    public static ParticipantResolution Resolve(
        IReadOnlyList<string> who, ParticipantContext context, OrganisationSnapshot snapshot)
    {
        var found = new List<ChosenParticipant>();
        var unresolved = new List<UnresolvedSpec>();
        foreach (var text in who.Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal))
        {
            var spec = ParticipantSpec.TryParse(text);
            var named = spec is null ? Named.Nobody("无法识别的办理人设置") : ParticipantNaming.Name(spec, context, snapshot);
            found.AddRange(named.People.Select(one => new ChosenParticipant(one.Person.Id, one.Person.Name, one.Why, text)));
            unresolved.AddRange(named.Missing.Select(why => new UnresolvedSpec(text, why)));
        }

        if (found.Count == 0 && unresolved.Count == 0)
        {
            unresolved.Add(new UnresolvedSpec("", "环节未设置办理人"));
        }

        return new ParticipantResolution([.. found.GroupBy(one => one.PersonId).Select(Merge)], unresolved);
    }

    private static ChosenParticipant Merge(IGrouping<Guid, ChosenParticipant> same) => same.First() with
    {
        Why = string.Join("；", same.Select(one => one.Why).Distinct(StringComparer.Ordinal)),
        Spec = string.Join(",", same.Select(one => one.Spec).Distinct(StringComparer.Ordinal)),
    };
}

/// <summary>Whom one spec names.</summary>
internal sealed record Named(IReadOnlyList<(Person Person, string Why)> People, IReadOnlyList<string> Missing)
{
    public static Named Nobody(string why) => new([], [why]);
}
