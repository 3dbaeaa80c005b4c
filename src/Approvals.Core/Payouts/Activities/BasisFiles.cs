using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Activities;

/// <summary>依据 — attachments of chosen fields and the documents issued in a case.</summary>
public static class BasisFiles
{
    /// <summary>Stands for every document issued in the case.</summary>
    public const string Documents = "*documents";

    /// <summary>The files, attachments first; none for a field that has none.</summary>
    public static async Task<IReadOnlyList<BasisReference>> OfAsync(
        ApprovalsDbContext db, Guid caseId, IReadOnlyList<string> chosen, CancellationToken cancellationToken)
    {
        var attachments = await db.Attachments.AsNoTracking()
            .Where(file => file.CaseId == caseId && file.RemovedAt == null && chosen.Contains(file.FieldKey))
            .OrderBy(file => file.Id).Select(file => new { file.Id, file.FileName }).ToListAsync(cancellationToken);
        var documents = chosen.Contains(Documents)
            ? await db.Documents.AsNoTracking().Where(one => one.CaseId == caseId).OrderBy(one => one.IssuedAt)
                .Select(one => new { one.Id, one.Title }).ToListAsync(cancellationToken)
            : [];
        return
        [
            .. attachments.Select(file => new BasisReference(BasisKind.Attachment, file.Id, file.FileName)),
            .. documents.Select(one => new BasisReference(BasisKind.Document, one.Id, one.Title)),
        ];
    }
}

/// <summary>People the registers know by their identity number, for four eyes.</summary>
internal static class KnownPeople
{
    public static async Task<IReadOnlyDictionary<string, Guid>> OfAsync(
        ApprovalsDbContext db, IEnumerable<string> identityNumbers, CancellationToken cancellationToken)
    {
        var numbers = identityNumbers.Distinct(StringComparer.Ordinal).ToList();
        var found = await db.Commanders.AsNoTracking()
            .Where(row => row.PersonId != null && numbers.Contains(row.IdentityNumber))
            .Select(row => new { row.IdentityNumber, PersonId = row.PersonId!.Value }).ToListAsync(cancellationToken);
        return found.GroupBy(row => row.IdentityNumber, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().PersonId, StringComparer.Ordinal);
    }
}
