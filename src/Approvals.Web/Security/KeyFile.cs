using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>
/// The secret that encrypts the keys of cookies and form tokens in the database: 256 random bits in a file of <c>Data:KeyFolder</c>, made
/// at first use and readable by the service's account only. Servers that share a database share the file.
/// </summary>
public sealed class KeyFile(IOptions<DataOptions> options)
{
    private readonly Lock loading = new();
    private byte[]? secret;

    /// <summary>Where it lies.</summary>
    public string FilePath { get; } = options.Value.KeyPath("cookie-keys.secret");

    /// <summary>The secret.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public byte[] Secret
    {
        get
        {
            lock (loading)
            {
                return secret ??= SecretFile.Key(FilePath);
            }
        }
    }
}
