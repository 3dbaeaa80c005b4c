using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Hosting;

/// <summary>Section <c>Https</c> of the configuration.</summary>
public sealed class HttpsOptions
{
    /// <summary>
    /// Whether whoever comes by <c>http</c> is sent to <c>https</c>. Switch it on where TLS ends here or at a proxy that says so by
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
        if (app.Services.GetRequiredService<IOptions<HttpsOptions>>().Value.Redirect)
        {
            app.UseWhen(context => !context.Request.Path.StartsWithSegments("/health"), secured => secured.UseHttpsRedirection());
        }
    }
}
