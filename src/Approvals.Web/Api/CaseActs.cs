using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Api;

/// <summary>What one may do with a case beside deciding on it: urge, comment.</summary>
internal static class CaseActs
{
    public static void MapCaseActs(this RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases/{id:guid}").WithTags("Cases");
        cases.MapPost("/urge", UrgeAsync).WithName("UrgeCase")
            .WithSummary("Reminds whoever has the case; not more often than the parameter urge.interval-hours allows.")
            .Refuses(400, 401, 403, 404, 409, 422, 429);
        cases.MapGet("/comments", ListAsync).WithName("ListComments").WithSummary("Comments that the caller may see, oldest first.")
            .Produces<IReadOnlyList<ApiComment>>().Refuses(401, 403, 404);
        cases.MapPost("/comments", WriteAsync).WithName("WriteComment").WithSummary("Writes a comment; @name tells somebody of the case.")
            .Refuses(400, 401, 403, 404, 422);
    }

    private static async Task<IResult> UrgeAsync(Guid id, UrgeRequest? request, UrgeCase urging, Problems problems, CaseRefusals refusals, CancellationToken stop) =>
        await urging.UrgeAsync(id, request?.Message, stop) switch
        {
            ActOutcome.NotYours => await refusals.OfStrangerAsync(id, stop),
            var outcome => problems.OfAct(outcome),
        };

    private static async Task<IResult> ListAsync(
        Guid id, ApprovalsDbContext db, CommentOnCase commenting, CaseRefusals refusals, CancellationToken stop)
    {
        if (await refusals.OfReadingAsync(id, stop) is { } refusal)
        {
            return refusal;
        }

        var row = await db.Cases.AsNoTracking().SingleAsync(one => one.Id == id, stop);
        return Results.Ok((await commenting.ListAsync(row, stop))
            .Select(one => new ApiComment(one.Id, one.AuthorName, one.At, one.Text, one.IsInternal)));
    }

    private static async Task<IResult> WriteAsync(
        Guid id, CommentRequest request, HttpContext context, UnitOfWork unitOfWork, CommentOnCase commenting, Problems problems,
        IStringLocalizer<ApiTexts> texts, CancellationToken stop)
    {
        return await unitOfWork.RunAsync(WriteInsideAsync, stop) switch
        {
            CommentOutcome.Written => Results.NoContent(),
            CommentOutcome.NotYours => problems.Forbidden(),
            CommentOutcome.NotFound => problems.NotFound(),
            _ => problems.Invalid("text", texts["应为 1 至 {0} 字。", CaseComment.Longest]),
        };

        async Task<CommentOutcome> WriteInsideAsync(UnitOfWorkScope scope)
        {
            var outcome = await commenting.WriteAsync(id, request.Text, request.IsInternal, stop);
            if (outcome == CommentOutcome.Written)
            {
                await context.KeepAsync(scope.Db, StatusCodes.Status204NoContent);
            }

            return outcome;
        }
    }
}

/// <summary>催办.</summary>
/// <param name="Message">What to say besides; at most 200 characters.</param>
internal sealed record UrgeRequest(string? Message = null);

/// <summary>A comment to write.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="IsInternal">Kept from the applicant and the starter.</param>
internal sealed record CommentRequest(string? Text = null, bool IsInternal = false);

/// <summary>A comment.</summary>
internal sealed record ApiComment(Guid Id, string Author, DateTimeOffset At, string Text, bool IsInternal);
