using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Draws;

/// <summary>
/// The server's secret that the numbers of draws are made from: 32 random bytes in a file beside the key of the audit checkpoints, made at
/// first use, readable by the service's account only and never in the database. Singleton.
/// </summary>
public sealed class DrawSecret(IOptions<DataOptions> options)
{
    private const int Length = 32;

    private readonly Lock loading = new();
    private byte[]? secret;

    /// <summary>The file.</summary>
    public string FilePath { get; } = options.Value.KeyPath("draw-secret.key");

    /// <summary>The secret number of a draw: always the same for one draw, and not to be guessed from those of others.</summary>
    public byte[] NonceOf(Guid drawId) => HMACSHA256.HashData(Load(), Encoding.ASCII.GetBytes($"nonce {drawId:D}"));

    private byte[] Load()
    {
        lock (loading)
        {
            return secret ??= SecretFile.ReadOrCreate(FilePath, () => RandomNumberGenerator.GetBytes(Length)) is { Length: Length } read
                ? read
                : throw new CryptographicException("The file of the draws' secret is damaged; bring it back from the backup of the keys.");
        }
    }
}
