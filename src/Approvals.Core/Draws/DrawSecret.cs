using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Draws;

/// <summary>
/// The server's secret that the numbers of draws are made from: 32 random bytes in a file beside the key of the audit checkpoints, made at
/// first use, readable by the service's account only and never in the database. A newer one may be put beside it: draws are committed to by
/// the newest, and one that was committed to before is drawn by the one that its commitment is of. Singleton.
/// </summary>
public sealed class DrawSecret(IOptions<DataOptions> options)
{
    private const int Length = 32;

    /// <summary>The secrets.</summary>
    public KeyRing Keys { get; } = new(options.Value.KeyPath("draw-secret.key"), ReadOrMake);

    /// <summary>File of the first.</summary>
    public string FilePath => Keys.FirstPath;

    /// <summary>The secret number of a draw that is to be committed to: not to be guessed from those of others.</summary>
    public byte[] NonceOf(Guid drawId) => NonceOf(Keys.Newest(), drawId);

    /// <summary>
    /// The secret number that a draw was committed to: always the same. Where its secret is not there any more, a number of the newest, which
    /// the commitment gives away in the replay.
    /// </summary>
    public byte[] NonceOf(Guid drawId, string commitment) => NonceOf(KeyOf(drawId, commitment) ?? Keys.Newest(), drawId);

    /// <summary>Which of the secrets a commitment is of; null when none of those that are there.</summary>
    public int? KeyOf(Guid drawId, string commitment) => Keys.Numbers().Reverse()
        .Where(key => DrawSeed.CommitmentTo(NonceOf(key, drawId)) == commitment).Select(key => (int?)key).FirstOrDefault();

    private byte[] NonceOf(int key, Guid drawId) => HMACSHA256.HashData(Keys.Key(key), Encoding.ASCII.GetBytes($"nonce {drawId:D}"));

    private static byte[] ReadOrMake(string path) =>
        SecretFile.ReadOrCreate(path, () => RandomNumberGenerator.GetBytes(Length)) is { Length: Length } read
            ? read
            : throw new CryptographicException("The file of the draws' secret is damaged; bring it back from the backup of the keys.");
}
