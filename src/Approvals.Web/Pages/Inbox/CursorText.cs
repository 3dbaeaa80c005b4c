using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Approvals.Core.Inbox;

namespace Approvals.Web.Pages.Inbox;

/// <summary>Writes the place where the next page begins into an address, and reads it back.</summary>
public static class CursorText
{
    /// <summary>Letters, digits, - and _ only.</summary>
    public static string Write(InboxCursor cursor) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{cursor.Due.UtcTicks}.{cursor.At.UtcTicks}.{cursor.Id:N}")));

    /// <summary>Null for anything we did not write: such an address shows the first page.</summary>
    public static InboxCursor? Read(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 200 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return parts.Length == 3 && Instant(parts[0]) is { } due && Instant(parts[1]) is { } at && Guid.TryParse(parts[2], out var id)
            ? new InboxCursor(due, at, id)
            : null;
    }

    private static DateTimeOffset? Instant(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
}
