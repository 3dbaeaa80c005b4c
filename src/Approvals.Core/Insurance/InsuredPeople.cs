using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Draws;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>
/// Who is insured by a policy: it names an entry of the register and covers the person, also under the person's other entries
/// (<see cref="RegisterPeople"/>). Reads only. Scoped.
/// </summary>
public sealed class InsuredPeople(ApprovalsDbContext db)
{
    /// <summary>Every entry of the register → all entries of the same person, in the order of their terms.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Commander>>> AllAsync(CancellationToken cancellationToken) =>
        ByEntry(await db.Commanders.AsNoTracking().ToListAsync(cancellationToken));

    /// <summary>The same of a few: their entries, and all others of these people.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Commander>>> OfAsync(
        IReadOnlyCollection<Guid> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return new Dictionary<Guid, IReadOnlyList<Commander>>();

        // An entry found by its number may name a person under whom there are more; nothing new ends it.
        var found = await db.Commanders.AsNoTracking().Where(row => entries.Contains(row.Id)).ToListAsync(cancellationToken);
        for (var known = 0; known < found.Count;)
        {
            known = found.Count;
            var persons = found.Select(row => row.PersonId).OfType<Guid>().Distinct().ToList();
            var numbers = found.Select(row => row.IdentityNumber.Trim()).Where(number => number.Length > 0)
                .SelectMany(number => new[] { number, number.Replace('x', 'X'), number.Replace('X', 'x') }).Distinct().ToList();
            found = await db.Commanders.AsNoTracking()
                .Where(row => entries.Contains(row.Id) || (row.PersonId != null && persons.Contains(row.PersonId.Value))
                    || numbers.Contains(row.IdentityNumber.Trim()))
                .ToListAsync(cancellationToken);
        }

        return ByEntry(found);
    }

    /// <summary>Policies of the people, by each of their entries.</summary>
    /// <param name="people">As read by this class.</param>
    /// <param name="policies">Which policies, e.g. those valid on a day.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ILookup<Guid, InsurancePolicy>> PoliciesAsync(
        IReadOnlyDictionary<Guid, IReadOnlyList<Commander>> people, IQueryable<InsurancePolicy> policies, CancellationToken cancellationToken)
    {
        var found = await policies.ToListAsync(cancellationToken);
        return found
            .SelectMany(policy => people.TryGetValue(policy.CommanderId, out var entries)
                ? entries.Select(entry => (Entry: entry.Id, Policy: policy)) : [])
            .ToLookup(one => one.Entry, one => one.Policy);
    }

    private static Dictionary<Guid, IReadOnlyList<Commander>> ByEntry(IEnumerable<Commander> rows) => RegisterPeople.Of(rows)
        .SelectMany(person => person.Select(entry => (entry.Id, Person: person)))
        .ToDictionary(one => one.Id, one => one.Person);
}
