using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Hosting;

/// <summary>
/// Sends style sheets, scripts and drawings compressed. Each is compressed once, when it is first asked for, and kept; a file that was
/// changed is compressed anew. Pages are left as they are: an answer that holds a secret beside what somebody else chose must not be
/// compressed (BREACH).
/// </summary>
internal sealed class CompressedFiles(IFileProvider files)
{
    /// <summary>Nearly the smallest size for a twentieth of the time.</summary>
    private const int BrotliQuality = 9;

    private const int BrotliWindow = 22;

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".css"] = "text/css", [".js"] = "text/javascript", [".svg"] = "image/svg+xml",
    };

    private readonly ConcurrentDictionary<(string Path, DateTimeOffset Changed, bool IsBrotli), Lazy<byte[]>> compressed = [];

    /// <summary>Answers a request for such a file from whoever reads it compressed; false for any other.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!HttpMethods.IsGet(context.Request.Method) || !Types.TryGetValue(Path.GetExtension(path), out var type)
            || EncodingOf(context.Request) is not { } encoding || files.GetFileInfo(path) is not { Exists: true, IsDirectory: false } file)
        {
            return false;
        }

        var key = (path, file.LastModified, encoding == "br");
        var body = compressed.GetOrAdd(key, one => new Lazy<byte[]>(() => Compress(file, one.Item3))).Value;
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        headers.CacheControl = StaticFiles.CacheControlOf(context.Request, file.Name);
        var tag = new EntityTagHeaderValue($"\"{file.LastModified.ToUnixTimeMilliseconds():x}-{file.Length:x}-{encoding}\"");
        context.Response.GetTypedHeaders().ETag = tag;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(one => one.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        headers.ContentEncoding = encoding;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
        return true;
    }

    private static string? EncodingOf(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Array.Find(["br", "gzip"], name => accepted.Any(one =>
            one.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0));
    }

    private static byte[] Compress(IFileInfo file, bool isBrotli)
    {
        using var content = new MemoryStream();
        using (var stream = file.CreateReadStream())
            stream.CopyTo(content);
        var plain = content.GetBuffer().AsSpan(0, (int)content.Length);
        if (isBrotli)
        {
            var target = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
            return BrotliEncoder.TryCompress(plain, target, out var length, BrotliQuality, BrotliWindow)
                ? target[..length]
                : throw new InvalidDataException($"{file.Name} could not be compressed.");
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(plain);
        return packed.ToArray();
    }
}
