using Approvals.Core.Commanders;

namespace Approvals.Core.Draws;

/// <summary>Who is who in the register: a person appointed again, or for another specialty, has several entries. Pure.</summary>
public static class RegisterPeople
{
    /// <summary>
    /// The entries by person, each person's in the order of their terms. Entries are of one person when they have the same identity number,
    /// however it was typed, or the same person known to the system.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Commander>> Of(IEnumerable<Commander> entries)
    {
        var known = new Dictionary<string, List<Commander>>(StringComparer.OrdinalIgnoreCase);
        var people = new HashSet<List<Commander>>();
        foreach (var entry in entries.OrderBy(row => row.TermStart).ThenBy(row => row.Id))
        {
            var keys = KeysOf(entry).ToList();
            var met = keys.Select(key => known.GetValueOrDefault(key)).OfType<List<Commander>>().Distinct().ToList();
            List<Commander> person = [.. met.SelectMany(one => one).OrderBy(row => row.TermStart).ThenBy(row => row.Id), entry];

            // An entry with both keys may join two that had nothing in common before.
            people.ExceptWith(met);
            people.Add(person);
            foreach (var key in person.SelectMany(KeysOf))
                known[key] = person;
        }

        return [.. people];
    }

    private static IEnumerable<string> KeysOf(Commander entry)
    {
        if (entry.IdentityNumber.Trim() is { Length: > 0 } number)
            yield return number;
        if (entry.PersonId is { } person)
            yield return person.ToString();
    }
}
