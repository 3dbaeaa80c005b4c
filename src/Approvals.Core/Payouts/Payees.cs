using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts;

/// <summary>Finds or enters payees (收款人). Scoped; call inside a unit of work.</summary>
public sealed class Payees(ApprovalsDbContext db, TimeProvider time)
{
    /// <summary>
    /// The payees of these references, entered where they are new, by normalised identity number. A person or unit that was not known
    /// by its id before is linked now. Names and numbers are the caller's to check (<see cref="GrantChecks"/>).
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Payee>> EnsureAsync(
        IReadOnlyList<PayeeReference> references, CancellationToken cancellationToken)
    {
        var wanted = references.GroupBy(one => IdentityCode.Normalise(one.IdentityNumber))
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var found = new Dictionary<string, Payee>(StringComparer.Ordinal);
        foreach (var numbers in wanted.Keys.Chunk(500))
        {
            foreach (var row in await db.Payees.Where(row => numbers.Contains(row.IdentityNumber)).ToListAsync(cancellationToken))
                found[row.IdentityNumber] = row;
        }

        foreach (var (number, all) in wanted)
        {
            if (!found.TryGetValue(number, out var payee))
            {
                // The unique index on the number closes the race of two that enter the same payee.
                payee = found[number] = new Payee
                {
                    Kind = all[0].Kind, Name = all[0].Name.Trim(), IdentityNumber = number, CreatedAt = time.GetUtcNow(),
                };
                db.Payees.Add(payee);
            }

            payee.PersonId ??= all.Select(one => one.PersonId).FirstOrDefault(id => id is not null);
            payee.OrgUnitId ??= all.Select(one => one.OrgUnitId).FirstOrDefault(id => id is not null);
        }

        return found;
    }
}
