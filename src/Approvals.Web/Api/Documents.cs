using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Web.Files;

namespace Approvals.Web.Api;

/// <summary>Issued documents of cases.</summary>
internal static class Documents
{
    public static void MapDocuments(this RouteGroupBuilder api) =>
        api.MapGet("/cases/{id:guid}/documents/{documentId:guid}", ReadAsync).WithTags("Files").WithName("ReadDocument")
            .WithSummary("An issued document as PDF; its ETag is the SHA-256.").Produces(200, contentType: "application/pdf")
            .Refuses(401, 403, 404);

    public static string AddressOf(Guid caseId, Guid documentId) => $"{ApiSetup.Root}/cases/{caseId}/documents/{documentId}";

    private static async Task<IResult> ReadAsync(
        Guid id, Guid documentId, HttpContext context, CaseRefusals refusals, ApprovalsDbContext db, FileStore store, Problems problems,
        CancellationToken stop) =>
        await refusals.OfReadingAsync(id, stop) is { } refusal ? refusal
            : await CaseFiles.DocumentOfAsync(db, id, documentId, stop) is not { } found ? problems.NotFound()
            : await FileAnswers.SendAsync(context, store, found.File, found.Name, stop);
}
