using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Approvals.Web.Tests.Security;

/// <summary>An authenticator as people have it on their telephone: RFC 6238, six digits, half a minute.</summary>
internal static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The code that the key gives by a clock.</summary>
    /// <param name="clock">The clock of the telephone.</param>
    /// <param name="key">As shown, with spaces.</param>
    /// <param name="later">Steps of half a minute by which it runs ahead; one that runs two ahead or behind is taken, too.</param>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 and every authenticator use SHA-1.")]
    public static string At(TimeProvider clock, string key, int later = 0)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, clock.GetUtcNow().ToUnixTimeSeconds() / 30 + later);
        var hash = HMACSHA1.HashData(Decode(key), counter);
        var offset = hash[^1] & 0xf;
        var code = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7fffffff) % 1_000_000;
        return code.ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string key)
    {
        var bits = string.Concat(key.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()
            .Select(letter => Convert.ToString(Base32.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
    }
}
