namespace Approvals.Web.Pages.Tasks;

/// <summary>A signature drawn on the page, as the browser sends it.</summary>
internal static class SignatureDrawing
{
    private const string Prefix = "data:image/png;base64,";

    /// <summary>Bytes of the PNG; null when nothing, or something else, was sent.</summary>
    public static byte[]? Read(string? dataUrl)
    {
        if (dataUrl is null || !dataUrl.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[(dataUrl.Length - Prefix.Length) * 3 / 4];
        return Convert.TryFromBase64Chars(dataUrl.AsSpan(Prefix.Length), bytes, out var length) ? bytes[..length] : null;
    }
}
