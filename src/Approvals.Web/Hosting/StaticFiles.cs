using Microsoft.Net.Http.Headers;

namespace Approvals.Web.Hosting;

/// <summary>Our style sheets, scripts and fonts. Pages link them with their content's hash (asp-append-version).</summary>
internal static class StaticFiles
{
    public static readonly StaticFileOptions LongCached = new()
    {
        OnPrepareResponse = context =>
        {
            var versioned = context.Context.Request.Query.ContainsKey("v") || context.File.Name.EndsWith(".woff2", StringComparison.Ordinal);
            context.Context.Response.Headers[HeaderNames.CacheControl] =
                versioned ? "public, max-age=31536000, immutable" : "public, max-age=3600";
        },
    };
}
