using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Insurance;
using Approvals.Web.Files;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Insurance;

/// <summary>Scans of policies and documents of claims, for those who may read them.</summary>
internal static class InsuranceFiles
{
    public static void MapInsuranceFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/insurance/policies/{id:guid}/scan", ScanAsync).RequireAuthorization();
        routes.MapGet("/insurance/claims/{id:guid}/files/{file:guid}", ClaimFileAsync).RequireAuthorization();
    }

    private static async Task<IResult> ScanAsync(
        Guid id, HttpContext context, InsuranceAccess access, ApprovalsDbContext db, FileStore store, CancellationToken cancellationToken)
    {
        if (!await access.MayReadAsync(cancellationToken))
        {
            return Results.Forbid();
        }

        var scan = await (
                from policy in db.InsurancePolicies.AsNoTracking()
                join attachment in db.Attachments.AsNoTracking() on policy.ScanId equals attachment.Id
                join file in db.Files.AsNoTracking() on attachment.FileId equals file.Id
                where policy.Id == id
                select new { attachment.FileName, File = file })
            .FirstOrDefaultAsync(cancellationToken);
        return scan is null ? Results.NotFound() : await FileAnswers.SendAsync(context, store, scan.File, scan.FileName, cancellationToken);
    }

    private static async Task<IResult> ClaimFileAsync(
        Guid id, Guid file, HttpContext context, ClaimQuery claims, FileStore store, CancellationToken cancellationToken)
    {
        var found = await claims.FindAsync(id, cancellationToken);
        return found?.Files.FirstOrDefault(one => one.File.Id == file) is { } given
            ? await FileAnswers.SendAsync(context, store, given.Stored, given.File.FileName, cancellationToken)
            : Results.NotFound();
    }
}
