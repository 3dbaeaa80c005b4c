using System.Security.Cryptography.X509Certificates;
using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>
/// Section <c>DataProtection</c> of the configuration. The keys of cookies and form tokens lie in the database, so that several servers
/// share them; with a certificate they lie there encrypted, and a stolen database or backup signs nobody in.
/// </summary>
public sealed class KeyProtectionOptions
{
    /// <summary>
    /// A PKCS #12 file (<c>.pfx</c>) with an RSA certificate and its private key. Keep it: keys encrypted with it can be read with it
    /// only, and without them everybody has to sign in again. Null leaves the keys unencrypted, with a warning at start.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>Its password; best given as an environment variable <c>DataProtection__CertificatePassword</c>.</summary>
    public string? CertificatePassword { get; set; }
}

/// <summary>Keeps the keys of cookies and form tokens in the database, encrypted when a certificate is configured.</summary>
internal static class KeyProtection
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate file or its password is wrong.</exception>
    public static void AddKeyProtection(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("DataProtection");
        builder.Services.Configure<KeyProtectionOptions>(section);
        builder.Services.AddScoped<IStartupTask, WarnOfOpenKeys>();
        var keys = builder.Services.AddDataProtection().SetApplicationName("Approvals").PersistKeysToDbContext<ApprovalsDbContext>();
        if (section.Get<KeyProtectionOptions>() is { CertificatePath: { Length: > 0 } path } options)
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, options.CertificatePassword);
            keys.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        }
    }

    private sealed class WarnOfOpenKeys(
        IHostEnvironment environment, IOptions<KeyProtectionOptions> options, ILogger<KeyProtectionOptions> logger) : IStartupTask
    {
        public int Order => 900;

        public Task RunAsync(CancellationToken cancellationToken)
        {
            if (!environment.IsDevelopment() && string.IsNullOrEmpty(options.Value.CertificatePath))
            {
                logger.LogWarning(
                    "The keys of cookies lie unencrypted in the database; set DataProtection:CertificatePath to encrypt them");
            }

            return Task.CompletedTask;
        }
    }
}
