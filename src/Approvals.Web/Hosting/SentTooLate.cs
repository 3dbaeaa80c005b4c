using Microsoft.AspNetCore.Diagnostics;

namespace Approvals.Web.Hosting;

/// <summary>A form that arrived after the sign-in had run out: what people typed into it, to be shown once more and stored nowhere.</summary>
/// <param name="Path">Page to come back to.</param>
/// <param name="Texts">What was typed, in the order of the form.</param>
public sealed record SentTooLate(string Path, IReadOnlyList<string> Texts)
{
    /// <summary>Marks such a request.</summary>
    internal const string Key = "sent-too-late";

    // Choices, dates and numbers are soon entered again, and passwords and signatures are shown to nobody.
    private const int Shortest = 6;
    private static readonly string[] Typed = ["Opinion", "Comment", "Reason", "Message"];

    /// <summary>Reads it from the request; null for any other, and for one that cannot be read.</summary>
    internal static async Task<SentTooLate?> ReadAsync(HttpContext context)
    {
        if (!context.Items.ContainsKey(Key) || context.Features.Get<IStatusCodeReExecuteFeature>() is not { } sent)
        {
            return null;
        }

        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return new SentTooLate(sent.OriginalPath, [.. form
                .Where(field => field.Key.StartsWith("data.", StringComparison.Ordinal) || Typed.Contains(field.Key))
                .SelectMany(field => field.Value).OfType<string>().Select(text => text.Trim()).Where(text => text.Length >= Shortest)]);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return new SentTooLate(sent.OriginalPath, []);
        }
    }
}
