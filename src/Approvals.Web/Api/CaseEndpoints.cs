using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Api;

/// <summary>Cases over HTTP: the same use cases as the pages, with the same rights.</summary>
internal static class CaseEndpoints
{
    public static void MapCases(this RouteGroupBuilder api)
    {
        api.MapGet("/processes", (StartCase starting, CancellationToken stop) => starting.ListAsync(stop)).WithName("ListProcesses");
        api.MapPost("/cases", StartAsync).WithName("StartCase").Produces<CaseChanged>(StatusCodes.Status201Created);
        api.MapGet("/cases/{id:guid}", ReadAsync).WithName("ReadCase").Produces<ApiCase>();
        api.MapPut("/cases/{id:guid}/data", SaveAsync).WithName("SaveDraft").Produces<CaseChanged>();
        api.MapPost("/cases/{id:guid}/submit", SubmitAsync).WithName("SubmitCase").Produces<CaseChanged>();
        api.MapPost("/cases/{id:guid}/withdraw", WithdrawAsync).WithName("WithdrawCase").Produces(StatusCodes.Status204NoContent);
        api.MapPost("/cases/{id:guid}/files/{field}", AttachAsync).WithName("AttachFile").DisableAntiforgery();
        api.MapGet("/cases/{id:guid}/files/{fileId:guid}", FileAsync).WithName("ReadFile");
        api.MapGet("/cases/{id:guid}/documents/{documentId:guid}", DocumentAsync).WithName("ReadDocument");
    }

    private static async Task<IResult> StartAsync(
        StartCaseRequest request, StartCase starting, DraftCase drafts, ApiProblems problems, CancellationToken stop)
    {
        if (await starting.DraftAsync(request.Process, stop) is not { } id)
        {
            return problems.NotFound();
        }

        var saved = request.Data is null ? null : await drafts.SaveAsync(id, request.Data, null, stop) as DraftOutcome.Saved;
        return Results.Created($"/api/v1/cases/{id}", new CaseChanged(id, null, CaseStatus.Draft, saved?.RowVersion ?? 0));
    }

    private static async Task<IResult> ReadAsync(
        Guid id, CaseAccess access, CaseSheets sheets, ApiProblems problems, CancellationToken stop)
    {
        var sheet = await access.CanReadAsync(id, stop) ? await sheets.FindAsync(id, CaseSheets.ReaderRights, stop) : null;
        return sheet is null ? problems.NotFound() : Results.Ok(ApiMapping.CaseOf(sheet));
    }

    private static async Task<IResult> SaveAsync(
        Guid id, CaseDataRequest request, DraftCase drafts, ApiProblems problems, CancellationToken stop) =>
        await drafts.SaveAsync(id, request.Data ?? [], request.RowVersion, stop) switch
        {
            DraftOutcome.Saved saved => Results.Ok(new CaseChanged(id, null, CaseStatus.Draft, saved.RowVersion)),
            DraftOutcome.ChangedElsewhere changed => problems.ChangedElsewhere(changed.RowVersion),
            _ => problems.NotFound(),
        };

    private static async Task<IResult> SubmitAsync(
        Guid id, CaseDataRequest request, SubmitCase submitting, ApiProblems problems, CancellationToken stop) =>
        await submitting.SubmitAsync(id, request.Data, stop) switch
        {
            SubmitOutcome.Submitted done => Results.Ok(new CaseChanged(id, done.Number, CaseStatus.Running, null)),
            SubmitOutcome.AlreadySubmitted done => Results.Ok(new CaseChanged(id, done.Number, CaseStatus.Running, null)),
            SubmitOutcome.Invalid invalid => problems.Invalid(invalid.Errors),
            SubmitOutcome.NotStartable refused => problems.Conflict(refused.Message),
            _ => problems.NotFound(),
        };

    private static async Task<IResult> WithdrawAsync(
        Guid id, WithdrawRequest request, WithdrawCase withdrawing, ApiProblems problems, CancellationToken stop) =>
        await withdrawing.WithdrawAsync(id, request.Reason, stop) switch
        {
            WithdrawOutcome.Withdrawn => Results.NoContent(),
            WithdrawOutcome.TooLate => problems.TooLate(),
            _ => problems.NotFound(),
        };

    private static async Task<IResult> AttachAsync(
        Guid id, string field, IFormFile file, AttachFile attaching, ApiProblems problems, CancellationToken stop)
    {
        await using var content = file.OpenReadStream();
        return await attaching.AddAsync(new AttachPlace(id), field, file.FileName, content, stop) switch
        {
            AttachOutcome.Attached attached => Results.Created($"/api/v1/cases/{id}/files/{attached.AttachmentId}", new { id = attached.AttachmentId }),
            AttachOutcome.Refused refused => problems.Refused(refused.Message),
            _ => problems.NotFound(),
        };
    }

    private static async Task<IResult> FileAsync(
        Guid id, Guid fileId, HttpContext context, CaseAccess access, ApprovalsDbContext db, FileStore store, ApiProblems problems,
        CancellationToken stop)
    {
        var found = await access.CanReadAsync(id, stop) ? await CaseFiles.AttachmentOfAsync(db, id, fileId, stop) : null;
        return found is null ? problems.NotFound() : await FileAnswers.SendAsync(context, store, found.File, found.Name, stop);
    }

    private static async Task<IResult> DocumentAsync(
        Guid id, Guid documentId, HttpContext context, CaseAccess access, ApprovalsDbContext db, FileStore store, ApiProblems problems,
        CancellationToken stop)
    {
        var found = await access.CanReadAsync(id, stop) ? await CaseFiles.DocumentOfAsync(db, id, documentId, stop) : null;
        return found is null ? problems.NotFound() : await FileAnswers.SendAsync(context, store, found.File, found.Name, stop);
    }
}
