using Approvals.Web.Api;
using Approvals.Web.Studio.Api;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Hosting;

/// <summary>Section <c>Https</c> of the configuration.</summary>
public sealed class HttpsOptions
{
    /// <summary>
    /// Whether whoever comes by <c>http</c> is sent to <c>https</c>, and programs that do are refused. Switch it on where TLS ends here or at a proxy that says so by
    /// <c>X-Forwarded-Proto</c> (see <c>Proxies</c>); health checks are answered either way.
    /// </summary>
    public bool Redirect { get; set; }

    /// <summary>Port of the <c>https</c> address.</summary>
    public int Port { get; set; } = 443;
}

/// <summary>Keeps browsers on TLS outside Development.</summary>
internal static class TransportSecurity
{
    public static void AddTransportSecurity(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Https");
        builder.Services.Configure<HttpsOptions>(section);
        builder.Services.Configure<HttpsRedirectionOptions>(options =>
        {
            options.HttpsPort = section.GetValue(nameof(HttpsOptions.Port), new HttpsOptions().Port);
            options.RedirectStatusCode = StatusCodes.Status308PermanentRedirect;
        });
        builder.Services.AddHsts(options =>
        {
            options.MaxAge = TimeSpan.FromDays(365);
            options.IncludeSubDomains = true;
        });
    }

    /// <summary>Must stand after the forwarded headers, which tell what the browser used.</summary>
    public static void UseTransportSecurity(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            return;
        }

        // Only answers over TLS carry it, so a server that is reached by http alone is not locked out.
        app.UseHsts();
        if (IsEnforced(app))
        {
            app.UseWhen(
                context => !context.Request.Path.StartsWithSegments("/health") && !IsForPrograms(context), secured => secured.UseHttpsRedirection());
        }
    }

    /// <summary>
    /// Refuses calls of programs that came without TLS. Not redirected, as pages are: the client would go on working, and nobody would see
    /// that its token and data travel readable each time (ASVS 4.1.2). Stands after languages and error pages, which word the refusal, and
    /// before anything that reads token or body.
    /// </summary>
    public static void UseTlsForPrograms(this WebApplication app)
    {
        if (app.Environment.IsDevelopment() || !IsEnforced(app))
        {
            return;
        }

        app.Use((context, next) =>
        {
            if (context.Request.IsHttps || !IsForPrograms(context))
            {
                return next(context);
            }

            if (context.IsApi())
            {
                return context.RequestServices.GetRequiredService<Problems>().TlsRequired().ExecuteAsync(context);
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
    }

    private static bool IsEnforced(WebApplication app) => app.Services.GetRequiredService<IOptions<HttpsOptions>>().Value.Redirect;

    private static bool IsForPrograms(HttpContext context) => context.IsApi() || context.IsStudioApi();
}
