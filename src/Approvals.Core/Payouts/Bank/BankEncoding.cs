using System.Text;

namespace Approvals.Core.Payouts.Bank;

/// <summary>Encodings banks use: GB 18030 and UTF-8 with a byte order mark. Strict: what cannot be written or read is an error.</summary>
public static class BankEncoding
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "gb18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>By name: <c>GB18030</c> or <c>UTF-8</c>.</summary>
    /// <exception cref="ArgumentException">Another name.</exception>
    public static Encoding Of(string name) => name.ToUpperInvariant() switch
    {
        "GB18030" => Gb18030,
        "UTF-8" or "UTF8" => Utf8,
        _ => throw new ArgumentException($"编码“{name}”不支持，可用：GB18030、UTF-8", nameof(name)),
    };

    /// <summary>A text as bytes, with the byte order mark where the encoding has one.</summary>
    public static byte[] Encode(string text, string name)
    {
        var encoding = Of(name);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }

    /// <summary>Reads either: UTF-8 by its mark or because every byte fits, else GB 18030; null when it is neither.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        // A NUL means a binary file, or UTF-16: both would decode to rubbish.
        if (bytes.Contains((byte)0))
            return null;
        var start = bytes.StartsWith(Utf8.Preamble) ? Utf8.Preamble.Length : 0;
        foreach (var encoding in new[] { Utf8, Gb18030 })
        {
            try
            {
                return encoding.GetString(bytes[start..]);
            }
            catch (DecoderFallbackException) when (start == 0)
            {
                // Try the next one.
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }

        return null;
    }
}
