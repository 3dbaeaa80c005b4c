using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Notices;
using Approvals.Web.Files;
using Approvals.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Public;

/// <summary>Files of notices: the PDF for anyone while the notice is in force; evidence for those who handle the objection.</summary>
internal static class PublicFiles
{
    public static void MapPublicFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/public/documents/{id:guid}", NoticeAsync).AllowAnonymous().RequireRateLimiting(RequestLimits.PublicPolicy);
        routes.MapGet("/objections/{id:guid}/evidence", EvidenceAsync).RequireAuthorization();
    }

    private static async Task<IResult> NoticeAsync(
        Guid id, HttpContext context, ApprovalsDbContext db, FileStore store, CancellationToken cancellationToken)
    {
        var found = await (
            from document in db.Documents.AsNoTracking()
            join notice in db.Notices.AsNoTracking() on document.Id equals notice.DocumentId
            join file in db.Files.AsNoTracking() on document.FileId equals file.Id
            where document.Id == id && document.IsPublic
            select new { File = file, document.Number, notice.Status }).FirstOrDefaultAsync(cancellationToken);
        return found is null || !NoticeDecisions.IsInForce(found.Status)
            ? Results.NotFound()
            : await FileAnswers.SendAsync(context, store, found.File, $"{found.Number}.pdf", cancellationToken);
    }

    private static async Task<IResult> EvidenceAsync(
        Guid id, HttpContext context, NoticeQuery notices, ApprovalsDbContext db, FileStore store, CancellationToken cancellationToken)
    {
        var found = await notices.ReadAsync(id, cancellationToken);
        var file = found?.Objection.EvidenceFileId is { } fileId
            ? await db.Files.AsNoTracking().FirstOrDefaultAsync(row => row.Id == fileId, cancellationToken) : null;
        return file is null
            ? Results.NotFound()
            : await FileAnswers.SendAsync(context, store, file, found!.Value.Objection.EvidenceFileName ?? "evidence", cancellationToken);
    }
}
