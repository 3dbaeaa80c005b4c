using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Hosting;

/// <summary>Our style sheets, scripts and fonts. Pages link them with their content's hash (asp-append-version).</summary>
internal static class StaticFiles
{
    /// <summary>Serves them: compressed to whoever reads that, else as they are.</summary>
    public static void UseBrowserFiles(this WebApplication app)
    {
        var compressed = new CompressedFiles(app.Environment.WebRootFileProvider);
        app.Use(async (context, next) =>
        {
            if (!await compressed.TryAnswerAsync(context))
                await next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = context =>
                context.Context.Response.Headers[HeaderNames.CacheControl] = CacheControlOf(context.Context.Request, context.File.Name),
        });
    }

    /// <summary>For ever when the address names the content, an hour otherwise.</summary>
    internal static string CacheControlOf(HttpRequest request, string fileName) =>
        request.Query.ContainsKey("v") || fileName.EndsWith(".woff2", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "public, max-age=3600";
}
