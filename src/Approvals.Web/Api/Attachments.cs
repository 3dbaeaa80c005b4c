using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Web.Files;
using Microsoft.AspNetCore.Mvc;

namespace Approvals.Web.Api;

/// <summary>A file that was taken.</summary>
/// <param name="Id">Attachment.</param>
/// <param name="Href">Where it is read.</param>
internal sealed record ApiAttached(Guid Id, string Href);

/// <summary>Files of cases: give, take out, read. Content is judged as on the pages; names and claimed types count for nothing.</summary>
internal static class Attachments
{
    public static void MapAttachments(this RouteGroupBuilder api)
    {
        var files = api.MapGroup("/cases/{id:guid}/attachments").WithTags("Files");
        files.MapPost("/{field}", AddAsync).WithName("AddAttachment")
            .WithSummary("Adds a file to a field of the caller's draft or, with task, of a task whose step may edit the field.")
            .Produces<ApiAttached>(201).Refuses(400, 401, 403, 404, 413, 415, 422).DisableAntiforgery();
        files.MapDelete("/{attachmentId:guid}", RemoveAsync).WithName("RemoveAttachment").WithSummary("Takes a file out again.")
            .Produces(204).Refuses(401, 403, 404);
        files.MapGet("/{attachmentId:guid}", ReadAsync).WithName("ReadAttachment")
            .WithSummary("Content of a file; its ETag is the SHA-256.").Produces(200).Refuses(401, 403, 404);
    }

    public static string AddressOf(Guid caseId, Guid attachmentId) => $"{ApiSetup.Root}/cases/{caseId}/attachments/{attachmentId}";

    private static async Task<IResult> AddAsync(
        Guid id, string field, Guid? task, [FromForm] IFormFile file, HttpContext context, ApprovalsDbContext db, AttachFile attaching,
        CaseRefusals refusals, Problems problems, CancellationToken stop)
    {
        await using var content = file.OpenReadStream();
        return await attaching.AddAsync(new AttachPlace(id, task), field, file.FileName, content, KeepAsync, stop) switch
        {
            AttachOutcome.Attached attached => Results.Created(AddressOf(id, attached.AttachmentId), Answer(attached)),
            AttachOutcome.Refused { Reason: FileRefusal.Size } refused => problems.TooLarge(refused.Message),
            AttachOutcome.Refused { Reason: FileRefusal.Kind } refused => problems.UnsupportedMedia(refused.Message),
            AttachOutcome.Refused refused => problems.Invalid("fields." + field, refused.Message),
            _ => await refusals.OfStrangerAsync(id, stop),
        };

        Task KeepAsync(AttachOutcome.Attached made) =>
            context.KeepAsync(db, StatusCodes.Status201Created, AddressOf(id, made.AttachmentId), Answer(made));

        ApiAttached Answer(AttachOutcome.Attached made) => new(made.AttachmentId, AddressOf(id, made.AttachmentId));
    }

    private static async Task<IResult> RemoveAsync(
        Guid id, Guid attachmentId, Guid? task, AttachFile attaching, CaseRefusals refusals, CancellationToken stop) =>
        await attaching.RemoveAsync(new AttachPlace(id, task), attachmentId, stop) is AttachOutcome.Removed
            ? Results.NoContent()
            : await refusals.OfReadingAsync(id, stop) ?? await refusals.OfStrangerAsync(id, stop);

    private static async Task<IResult> ReadAsync(
        Guid id, Guid attachmentId, HttpContext context, CaseRefusals refusals, AttachmentAccess access, ApprovalsDbContext db, FileStore store,
        Problems problems, CancellationToken stop) =>
        await refusals.OfReadingAsync(id, stop) is { } refusal ? refusal
            : !await access.CanReadAsync(id, attachmentId, stop) ? problems.NotFound()
            : await CaseFiles.AttachmentOfAsync(db, id, attachmentId, stop) is not { } found ? problems.NotFound()
            : await FileAnswers.SendAsync(context, store, found.File, found.Name, stop);
}
