using Approvals.Core.Files;
using Approvals.Core.Notifications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Certificates;

/// <summary>Registers the area.</summary>
public static class CertificatesServices
{
    /// <summary>Adds documents and certificates. Section <c>Bureau</c> names the issuing authority.</summary>
    public static IServiceCollection AddCertificates(this IServiceCollection services)
    {
        services.AddOptions<BureauOptions>().Configure<IConfiguration>(
            (options, configuration) => configuration.GetSection("Bureau").Bind(options));
        services.AddSiteFonts();
        return services
            .AddScoped<IssuedDocuments>()
            .AddScoped<DocumentTexts>()
            .AddScoped<DocumentValues>()
            .AddScoped<IssueCertificate>()
            .AddScoped<CheckCertificate>()
            .AddScoped<VoidCertificate>()
            .AddScoped<IOutboxHandler, RenderDocument>();
    }
}
