using System.IO.Compression;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Studio.Hosting;

/// <summary>
/// Sends files of Elsa Studio: brotli as it is stored to whoever reads it, which browsers do over TLS and on this machine; gzip, or
/// plain, to the others.
/// </summary>
internal static class StudioFileAnswers
{
    private const string Forever = "private, max-age=31536000, immutable";

    /// <summary>Under an address with the version in it: never asked for again.</summary>
    public static Task SendVersionedAsync(HttpContext context, StudioPackage package, string version, string file) =>
        SendAsync(context, version == package.Version ? package.Find(file) : null, Forever);

    /// <summary>Under an address without: asked for again with the entity tag, unless its own name says what is in it.</summary>
    public static Task SendAsync(HttpContext context, StudioFile? file) =>
        SendAsync(context, file, file?.IsFingerprinted == true ? Forever : "private, no-cache");

    private static async Task SendAsync(HttpContext context, StudioFile? file, string caching)
    {
        var answer = context.Response;
        if (file is null)
        {
            // No page in place of a script: browsers would try to read it as one.
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
            answer.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var encoding = file.IsBrotli ? EncodingFor(context.Request) : null;
        var tag = $"\"{file.Tag}-{encoding ?? "id"}\"";
        answer.Headers.CacheControl = caching;
        answer.Headers.ETag = tag;
        if (file.IsBrotli)
        {
            answer.Headers.Vary = HeaderNames.AcceptEncoding;
        }

        if (context.Request.Headers.IfNoneMatch.Any(given => given?.Contains(tag, StringComparison.Ordinal) == true))
        {
            answer.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        answer.ContentType = file.ContentType;
        answer.Headers.ContentEncoding = encoding;
        if (encoding == "br" || !file.IsBrotli)
        {
            answer.ContentLength = new FileInfo(file.Location).Length;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await SendBodyAsync(context, file, encoding);
        }
    }

    private static async Task SendBodyAsync(HttpContext context, StudioFile file, string? encoding)
    {
        if (encoding == "br" || !file.IsBrotli)
        {
            await context.Response.SendFileAsync(file.Location, context.RequestAborted);
            return;
        }

        await using var stored = File.OpenRead(file.Location);
        await using var plain = new BrotliStream(stored, CompressionMode.Decompress);
        if (encoding is null)
        {
            await plain.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await plain.CopyToAsync(packed, context.RequestAborted);
    }

    private static string? EncodingFor(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Accepts("br") ? "br" : Accepts("gzip") ? "gzip" : null;

        bool Accepts(string name) => accepted.Any(one =>
            one.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0);
    }
}
