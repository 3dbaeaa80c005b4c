using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Organisation;

/// <summary>Names for lists and signature lines.</summary>
public sealed class PersonNames(ApprovalsDbContext db)
{
    /// <summary>Names by id; an unknown id is absent.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> ForAsync(
        IEnumerable<Guid> ids, CancellationToken cancellationToken = default)
    {
        var wanted = ids.Distinct().ToList();
        return wanted.Count == 0
            ? new Dictionary<Guid, string>()
            : await db.People.AsNoTracking().Where(person => wanted.Contains(person.Id))
                .ToDictionaryAsync(person => person.Id, person => person.Name, cancellationToken);
    }

    /// <summary>The line as signed: the name, or "X 代 Y" when a substitute acted.</summary>
    public static string SignatureLine(string actor, string? principal) =>
        principal is null || principal == actor ? actor : $"{actor} 代 {principal}";
}
