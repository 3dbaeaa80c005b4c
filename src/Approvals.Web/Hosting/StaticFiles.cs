using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Hosting;

/// <summary>Our style sheets, scripts and fonts. Pages link them with their content's hash (asp-append-version).</summary>
internal static class StaticFiles
{
    /// <summary>
    /// Style sheets, scripts and drawings are compressed for whoever reads that. Pages are left as they are: an answer that holds a secret
    /// beside what somebody else chose must not be compressed (BREACH).
    /// </summary>
    public static IServiceCollection AddBrowserFiles(this IServiceCollection services) => services
        .Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal)
        .Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal)
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
        });

    /// <summary>Serves them: for ever when the address names the content, for an hour otherwise.</summary>
    public static void UseBrowserFiles(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = Types(),
            OnPrepareResponse = context =>
                context.Context.Response.Headers[HeaderNames.CacheControl] =
                    context.Context.Request.Query.ContainsKey("v") || context.File.Name.EndsWith(".woff2", StringComparison.Ordinal)
                        ? "public, max-age=31536000, immutable"
                        : "public, max-age=3600",
        });
    }

    // Text says in which letters it is written: a browser that guesses can be made to guess wrong.
    private static FileExtensionContentTypeProvider Types()
    {
        var types = new FileExtensionContentTypeProvider();
        foreach (var ending in types.Mappings.Where(one => one.Value.StartsWith("text/", StringComparison.Ordinal)).ToList())
            types.Mappings[ending.Key] = $"{ending.Value}; charset=utf-8";
        return types;
    }
}
