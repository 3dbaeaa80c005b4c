using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Forms;

/// <summary>What every form of a case reads, translated once for the life of the process. Singleton.</summary>
public sealed class FormRows
{
    private readonly Func<ApprovalsDbContext, Guid, IAsyncEnumerable<FieldFile>> _files =
        EF.CompileAsyncQuery((ApprovalsDbContext db, Guid caseId) =>
            from attachment in db.Attachments
            join file in db.Files on attachment.FileId equals file.Id
            where attachment.CaseId == caseId && attachment.RemovedAt == null
            orderby attachment.Id
            select new FieldFile(
                attachment.Id, attachment.FieldKey, attachment.FileName, file.Id, file.ContentType, file.Size, file.Sha256));

    /// <summary>Files present in a case, in the order they were given.</summary>
    public ValueTask<List<FieldFile>> FilesAsync(ApprovalsDbContext db, Guid caseId, CancellationToken cancellationToken) =>
        _files(db, caseId).ToListAsync(cancellationToken);
}
