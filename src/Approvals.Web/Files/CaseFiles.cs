using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Files;

/// <summary>Attachments, documents and signature pictures of cases, for those who may read the case.</summary>
internal static class CaseFiles
{
    public static void MapCaseFiles(this WebApplication app)
    {
        app.MapGet("/cases/{caseId:guid}/files/{attachmentId:guid}", AttachmentAsync).RequireAuthorization();
        app.MapGet("/cases/{caseId:guid}/documents/{documentId:guid}", DocumentAsync).RequireAuthorization();
        app.MapGet("/cases/{caseId:guid}/signatures/{decisionId:guid}", SignatureAsync).RequireAuthorization();
        app.MapGet("/cases/{caseId:guid}/form.pdf", FormAsync).RequireAuthorization();
        app.MapGet("/my/signature", MySignatureAsync).RequireAuthorization();
    }

    /// <summary>A stored file with the name it is sent under.</summary>
    internal sealed record NamedFile(StoredFile File, string Name);

    internal static Task<NamedFile?> AttachmentOfAsync(ApprovalsDbContext db, Guid caseId, Guid attachmentId, CancellationToken stop) => (
        from attachment in db.Attachments.AsNoTracking()
        join file in db.Files on attachment.FileId equals file.Id
        where attachment.Id == attachmentId && attachment.CaseId == caseId
        select new NamedFile(file, attachment.FileName)).FirstOrDefaultAsync(stop);

    internal static Task<NamedFile?> DocumentOfAsync(ApprovalsDbContext db, Guid caseId, Guid documentId, CancellationToken stop) => (
        from document in db.Documents.AsNoTracking()
        join file in db.Files on document.FileId equals file.Id
        where document.Id == documentId && document.CaseId == caseId
        select new NamedFile(file, document.Title + " " + document.Number + ".pdf")).FirstOrDefaultAsync(stop);

    private static async Task<IResult> AttachmentAsync(
        Guid caseId, Guid attachmentId, HttpContext context, AttachmentAccess access, ApprovalsDbContext db, FileStore store,
        CancellationToken cancellationToken) =>
        !await access.CanReadAsync(caseId, attachmentId, cancellationToken) ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : await AttachmentOfAsync(db, caseId, attachmentId, cancellationToken) is not { } found ? Results.NotFound()
            : await FileAnswers.SendAsync(context, store, found.File, found.Name, cancellationToken);

    private static async Task<IResult> DocumentAsync(
        Guid caseId, Guid documentId, HttpContext context, CaseAccess access, ApprovalsDbContext db, FileStore store,
        CancellationToken cancellationToken) =>
        await AllowedAsync(access, caseId, cancellationToken) is { } refusal ? refusal
            : await DocumentOfAsync(db, caseId, documentId, cancellationToken) is not { } found ? Results.NotFound()
            : await FileAnswers.SendAsync(context, store, found.File, found.Name, cancellationToken);

    private static async Task<IResult> SignatureAsync(
        Guid caseId, Guid decisionId, HttpContext context, CaseAccess access, ApprovalsDbContext db, FileStore store,
        CancellationToken cancellationToken)
    {
        var file = await (
            from decision in db.Decisions.AsNoTracking()
            join stored in db.Files on decision.SignatureFileId equals stored.Id
            where decision.Id == decisionId && decision.CaseId == caseId
            select stored).FirstOrDefaultAsync(cancellationToken);
        return await AllowedAsync(access, caseId, cancellationToken) is { } refusal ? refusal
            : file is null ? Results.NotFound()
            : await FileAnswers.SendAsync(context, store, file, "signature.png", cancellationToken);
    }

    private static async Task<IResult> FormAsync(
        Guid caseId, HttpContext context, CaseAccess access, PrintCase printing, CancellationToken cancellationToken)
    {
        if (await AllowedAsync(access, caseId, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var pdf = await printing.RenderAsync(caseId, masked: !await access.TakesPartAsync(caseId, cancellationToken), cancellationToken);
        context.Response.Headers.ContentSecurityPolicy = FileAnswers.PdfPolicy;
        context.Response.Headers.CacheControl = "private, no-store";
        return pdf is null ? Results.NotFound() : Results.Bytes(pdf, "application/pdf");
    }

    private static async Task<IResult> MySignatureAsync(
        HttpContext context, CurrentPerson person, ApprovalsDbContext db, FileStore store, CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        var file = await (
            from one in db.People.AsNoTracking()
            join stored in db.Files on one.SignatureFileId equals stored.Id
            where one.Id == me
            select stored).FirstOrDefaultAsync(cancellationToken);
        return file is null ? Results.NotFound() : await FileAnswers.SendAsync(context, store, file, "signature.png", cancellationToken);
    }

    // The same answer whether the case exists or not: a stranger learns nothing by trying ids.
    private static async Task<IResult?> AllowedAsync(CaseAccess access, Guid caseId, CancellationToken cancellationToken) =>
        await access.CanReadAsync(caseId, cancellationToken) ? null : Results.StatusCode(StatusCodes.Status403Forbidden);
}
