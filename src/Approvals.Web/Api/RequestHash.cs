using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Approvals.Web.Api;

/// <summary>
/// SHA-256 of what a request asks for: method, address and body. A JSON body counts without its <c>secret</c> — the hash is stored, and
/// a password could be guessed from it — and a multipart body counts by its parts, because its boundary differs with every sending.
/// </summary>
internal static class RequestHash
{
    public static async Task<string> OfAsync(HttpRequest request, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, $"{request.Method} {request.Path}{request.QueryString}");
        if (request.HasFormContentType)
        {
            await AppendFormAsync(hash, await request.ReadFormAsync(stop), stop);
        }
        else
        {
            await AppendBodyAsync(hash, request, stop);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task AppendFormAsync(IncrementalHash hash, IFormCollection form, CancellationToken stop)
    {
        foreach (var (name, values) in form.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, values.ToString());
        }

        foreach (var file in form.Files)
        {
            Append(hash, file.Name);
            Append(hash, file.FileName);
            await using var content = file.OpenReadStream();
            hash.AppendData(await SHA256.HashDataAsync(content, stop));
        }
    }

    private static async Task AppendBodyAsync(IncrementalHash hash, HttpRequest request, CancellationToken stop)
    {
        request.EnableBuffering();
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy, stop);
        request.Body.Position = 0;
        var body = copy.ToArray();
        if (WithoutSecret(body) is { } json)
        {
            Append(hash, json);
        }
        else
        {
            hash.AppendData(body);
        }
    }

    /// <summary>The JSON object without its secret; null when the body is no JSON object, which the endpoint will say.</summary>
    private static string? WithoutSecret(byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject json)
            {
                return null;
            }

            foreach (var key in json.Select(pair => pair.Key).Where(key => key.Equals("secret", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                json.Remove(key);
            }

            return json.ToJsonString();
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return null;
        }
    }

    // Each part with its length before it, so that no two different lists of parts hash alike.
    private static void Append(IncrementalHash hash, string part)
    {
        hash.AppendData(Encoding.ASCII.GetBytes(part.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        hash.AppendData(Encoding.UTF8.GetBytes(part));
    }
}
