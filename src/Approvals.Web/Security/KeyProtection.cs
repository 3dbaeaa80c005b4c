using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Security;

/// <summary>
/// Section <c>DataProtection</c> of the configuration. The keys of cookies and form tokens lie in the database, so that several servers
/// share them, and always encrypted: a stolen database or backup signs nobody in.
/// </summary>
public sealed class KeyProtectionOptions
{
    /// <summary>
    /// A PKCS #12 file (<c>.pfx</c>) with an RSA certificate and its private key, in the place of the <see cref="KeyFile"/>. Keep it:
    /// keys encrypted with it can be read with it only, and without them everybody has to sign in again.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>Its password; best given as an environment variable <c>DataProtection__CertificatePassword</c>.</summary>
    public string? CertificatePassword { get; set; }
}

/// <summary>Keeps the keys of cookies and form tokens in the database, encrypted by a file outside it or by a certificate.</summary>
internal static class KeyProtection
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate file or its password is wrong.</exception>
    public static void AddKeyProtection(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("DataProtection");
        builder.Services.AddSingleton<KeyFile>();
        builder.Services.AddScoped<IStartupTask, RevokeOpenKeys>();
        var keys = builder.Services.AddDataProtection().SetApplicationName("Approvals").PersistKeysToDbContext<ApprovalsDbContext>();
        if (section.Get<KeyProtectionOptions>() is { CertificatePath: { Length: > 0 } path } options)
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, options.CertificatePassword);
            keys.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        }
        else
        {
            builder.Services.AddOptions<KeyManagementOptions>().Configure<KeyFile>(
                (management, file) => management.XmlEncryptor = new KeyFileEncryptor(file));
        }
    }

    /// <summary>
    /// Keys that an earlier version stored unencrypted may be in backups. They are revoked, so that no cookie made with them is believed
    /// any more; whoever was signed in signs in again, once.
    /// </summary>
    private sealed class RevokeOpenKeys(ApprovalsDbContext db, IKeyManager keys, ILogger<KeyProtectionOptions> logger) : IStartupTask
    {
        public int Order => 900;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            var open = await db.DataProtectionKeys.AsNoTracking().Select(row => row.Xml).Where(xml => xml!.Contains("<masterKey"))
                .ToListAsync(cancellationToken);
            if (open.Count == 0)
            {
                return;
            }

            var ids = open.ConvertAll(xml => (Guid)XElement.Parse(xml!).Attribute("id")!);
            foreach (var key in keys.GetAllKeys().Where(key => ids.Contains(key.KeyId) && !key.IsRevoked))
            {
                keys.RevokeKey(key.KeyId, "It was stored unencrypted.");
                logger.LogWarning("The key {KeyId} of cookies was stored unencrypted and is revoked; people sign in again", key.KeyId);
            }
        }
    }
}
