using Approvals.Core.DryRuns;
using Approvals.Web.Files;
using Approvals.Web.Security;
using Microsoft.Net.Http.Headers;

namespace Approvals.Web.DryRuns;

/// <summary>PDFs and script of a dry run, for process owners.</summary>
internal static class DryRunDocuments
{
    public static void MapDryRunDocuments(this WebApplication app)
    {
        var group = app.MapGroup("/processes/{definitionId}/dry-run/{runId:guid}").RequireAuthorization(Policies.ProcessOwnership).ExcludeFromDescription();
        group.MapGet("/documents/{index:int:min(0)}", DocumentAsync);
        group.MapGet("/answers", AnswersAsync);
    }

    private static async Task<IResult> DocumentAsync(
        HttpContext http, DryRunShelf shelf, string definitionId, Guid runId, int index, bool? download)
    {
        if (await DoneAsync(shelf, definitionId, runId, http.RequestAborted) is null)
            return Results.NotFound();
        var documents = (await shelf.ReportAsync(runId, http.RequestAborted)).Documents;
        if (documents.ElementAtOrDefault(index) is not { File: { } name } document)
            return Results.NotFound();
        var path = Path.Combine(shelf.DocumentsOf(runId), name);
        if (!File.Exists(path))
            return Results.NotFound();
        var disposition = new ContentDispositionHeaderValue(download == true ? "attachment" : "inline");
        disposition.SetHttpFileName($"试运行-{document.Title}.pdf");
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.ContentSecurityPolicy = FileAnswers.PdfPolicy;
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(path, "application/pdf");
    }

    private static async Task<IResult> AnswersAsync(HttpContext http, DryRunShelf shelf, string definitionId, Guid runId) =>
        await shelf.FindAsync(runId, http.RequestAborted) is { } ticket && ticket.Process == definitionId
            ? Results.File(
                System.Text.Encoding.UTF8.GetBytes(await shelf.AnswersAsync(runId, http.RequestAborted)), "application/json",
                $"{definitionId}.answers.json")
            : Results.NotFound();

    private static async Task<DryRunTicket?> DoneAsync(DryRunShelf shelf, string process, Guid id, CancellationToken cancellationToken) =>
        await shelf.FindAsync(id, cancellationToken) is { State: DryRunState.Done } ticket && ticket.Process == process ? ticket : null;
}
