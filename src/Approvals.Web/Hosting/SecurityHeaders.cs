using Microsoft.AspNetCore.HttpOverrides;

namespace Approvals.Web.Hosting;

/// <summary>Headers every answer carries. An endpoint that needs another content policy sets its own before the answer starts.</summary>
internal static class SecurityHeaders
{
    /// <summary>Everything from us, nothing inline; <c>data:</c> pictures are Tabler's arrows, <c>blob:</c> a drawn signature.</summary>
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var policy = PolicyFor(app.Configuration["Oidc:Authority"]);
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.TryAdd("Content-Security-Policy", policy);

                // What is answered to somebody is for their eyes: no cache keeps it. Files and pictures of ours say otherwise themselves.
                if (context.User.Identity?.IsAuthenticated == true)
                    headers.TryAdd("Cache-Control", "no-store");
                headers.TryAdd("X-Content-Type-Options", "nosniff");
                headers.TryAdd("X-Frame-Options", "DENY");
                headers.TryAdd("Referrer-Policy", "same-origin");
                headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
                headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    /// <summary>
    /// The policy of pages. The button that signs in elsewhere posts to us and is sent on to the identity provider, and Chromium holds
    /// <c>form-action</c> against that redirect, too.
    /// </summary>
    internal static string PolicyFor(string? identityProvider) => Uri.TryCreate(identityProvider, UriKind.Absolute, out var provider)
        ? Policy.Replace("form-action 'self'", $"form-action 'self' {provider.GetLeftPart(UriPartial.Authority)}", StringComparison.Ordinal)
        : Policy;

    /// <summary>Trusts a proxy's word about scheme and address only from this machine or from the configured addresses.</summary>
    public static void ConfigureForwardedHeaders(ForwardedHeadersOptions options, IConfiguration configuration)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var address in configuration.GetSection("Proxies").Get<string[]>() ?? [])
        {
            options.KnownProxies.Add(System.Net.IPAddress.Parse(address));
        }
    }
}
