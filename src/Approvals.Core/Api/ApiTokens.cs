using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Core.Api;

/// <summary>Makes API tokens and their hashes. A token has 256 random bits, so a plain hash of it cannot be guessed back.</summary>
public static class ApiTokens
{
    /// <summary>A new token, shown once.</summary>
    public static string Create() => "apv_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 of the token, lower-case hex, as it is stored.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
