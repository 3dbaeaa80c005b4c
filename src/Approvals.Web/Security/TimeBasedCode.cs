using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Approvals.Web.Security;

/// <summary>Codes of authenticators (RFC 6238): six digits for each half minute, from a key in base 32.</summary>
internal static class TimeBasedCode
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>Clocks of telephones are off: as many steps early or late are taken.</summary>
    private const int Tolerance = 2;

    /// <summary>The half minute, counted from 1970, whose code it is; null when it is the code of none around now.</summary>
    /// <param name="key">The key in base 32.</param>
    /// <param name="code">As typed, without spaces.</param>
    /// <param name="now">The time.</param>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var (secret, present) = (Decode(key), now.ToUnixTimeSeconds() / StepSeconds);
        long? found = null;
        for (var step = present - Tolerance; step <= present + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(At(secret, step)), System.Text.Encoding.UTF8.GetBytes(code)))
                found ??= step;
        }

        return found;
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 and every authenticator use SHA-1.")]
    private static string At(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string key)
    {
        var bytes = new byte[key.Length * 5 / 8];
        var (bits, count, next) = (0, 0, 0);
        foreach (var letter in key)
        {
            (bits, count) = ((bits << 5 | Letters.IndexOf(letter, StringComparison.Ordinal)) & 0xfff, count + 5);
            if (count >= 8)
                bytes[next++] = (byte)(bits >> (count -= 8));
        }

        return bytes;
    }
}
