using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Core.Webhooks;

/// <summary>
/// The headers of the Standard Webhooks convention, for which receivers find libraries: <c>webhook-id</c>, <c>webhook-timestamp</c>
/// and <c>webhook-signature</c>.
/// </summary>
public static class WebhookSignature
{
    private const string Encoded = "whsec_";

    /// <summary>The key's bytes: base64 after <c>whsec_</c>, else the text as UTF-8.</summary>
    /// <exception cref="FormatException">What follows <c>whsec_</c> is no base64.</exception>
    public static byte[] KeyOf(string secret) => secret.StartsWith(Encoded, StringComparison.Ordinal)
        ? Convert.FromBase64String(secret[Encoded.Length..])
        : Encoding.UTF8.GetBytes(secret);

    /// <summary>HMAC-SHA256 over <c>id.timestamp.body</c>: <c>v1,</c> and base64.</summary>
    /// <param name="secret">Shared secret.</param>
    /// <param name="id">Id of the message, the same at every try.</param>
    /// <param name="at">When it is sent; its Unix second is signed, so that a receiver can refuse old copies.</param>
    /// <param name="body">Body as it is sent.</param>
    public static string Sign(string secret, Guid id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}."));
        byte[] signed = [.. head, .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed));
    }
}
