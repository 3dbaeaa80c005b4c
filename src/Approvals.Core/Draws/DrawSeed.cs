using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Core.Draws;

/// <summary>
/// How the seed of a draw comes about. First a secret number is fixed and its hash published (承诺); then, when the candidates are fixed,
/// the head of the audit chain of that moment joins it. Who knows the secret cannot choose the head, and who chooses the head does not
/// know the secret.
/// </summary>
public static class DrawSeed
{
    /// <summary>What is published before the draw: SHA-256 of the secret number, lower-case hex.</summary>
    public static string CommitmentTo(ReadOnlySpan<byte> nonce) => Convert.ToHexStringLower(SHA256.HashData(nonce));

    /// <summary>
    /// The seed: HMAC-SHA256 with the secret number as key over <c>APV-DRAW-1\n{draw}\n{sequence}\n{hash}</c>, the draw's id in lower case
    /// with hyphens, sequence and hash of the newest audit entry when the candidates were fixed.
    /// </summary>
    public static byte[] Of(ReadOnlySpan<byte> nonce, Guid drawId, long auditSequence, string auditHash) => HMACSHA256.HashData(
        nonce,
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Draw.Algorithm}\n{drawId:D}\n{auditSequence}\n{auditHash}")));
}
