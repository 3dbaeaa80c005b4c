using Approvals.Core.Files;
using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Files;

/// <summary>Sends stored files so that nothing in them can act in our name: true type, no sniffing, a content policy of their own.</summary>
internal static class FileAnswers
{
    private const string PicturePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

    /// <summary>A sandbox would keep browsers' own PDF viewers from starting; scripts and connections stay forbidden.</summary>
    public const string PdfPolicy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    /// <summary>Pictures and PDFs open in place; everything else is downloaded.</summary>
    public static async Task<IResult> SendAsync(
        HttpContext context, FileStore store, StoredFile file, string fileName, CancellationToken cancellationToken)
    {
        var opensInPlace = file.ContentType is "application/pdf" or "image/jpeg" or "image/png" or "image/webp";
        var disposition = new ContentDispositionHeaderValue(opensInPlace ? "inline" : "attachment");
        disposition.SetHttpFileName(fileName);
        var headers = context.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = file.ContentType == "application/pdf" ? PdfPolicy : PicturePolicy;
        headers.XContentTypeOptions = "nosniff";

        // What is answered to somebody is for their eyes: the browser of a shared machine keeps none of it. A notice's file is anybody's; its
        // content never changes under its hash, but once the notice is out of force it must not come out of a cache.
        headers.CacheControl = context.User.Identity?.IsAuthenticated == true ? "private, no-store" : "private, no-cache";
        var stream = await store.OpenAsync(file, cancellationToken);
        return Results.Stream(
            stream, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }
}
