using System.Collections.Frozen;
using System.Text.Json;

namespace Approvals.Web.Security;

/// <summary>
/// Whether a password is easy to guess: one of the 49,000 most used in breaches, a word of this office, a repetition or a row of
/// neighbours, also in the usual disguises (a year at the end, 0 for o, @ for a). The list is <c>passwords.json</c> beside the program
/// (@zxcvbn-ts/language-common).
/// </summary>
internal static class GuessablePasswords
{
    private const int LeastDifferent = 5;

    private static readonly Lazy<FrozenSet<string>> Used = new(Read);

    /// <summary>Judges a password.</summary>
    /// <param name="password">As typed; any characters.</param>
    /// <param name="words">Words of this office and of the person.</param>
    public static bool IsGuessable(string password, IEnumerable<string> words)
    {
        var plain = password.ToLowerInvariant();
        var known = words.Where(word => word.Length > 2).Select(word => word.ToLowerInvariant()).ToHashSet();
        var faces = new[] { plain, Undecorated(plain), Unmasked(plain), Undecorated(Unmasked(plain)), Unmasked(Undecorated(plain)) };
        return plain.Distinct().Count() < LeastDifferent
            || IsRepetition(plain)
            || IsRow(plain)
            || faces.Any(face => Used.Value.Contains(face) || known.Contains(face));
    }

    /// <summary>Without the digits and signs that people hang on: <c>wangqiang2026!</c> is <c>wangqiang</c>.</summary>
    private static string Undecorated(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && !char.IsLetter(text[from]))
            from++;
        while (to > from && !char.IsLetter(text[to - 1]))
            to--;
        return text[from..to];
    }

    private static string Unmasked(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = source[i] switch
            {
                '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', var other => other,
            };
        }
    });

    private static bool IsRepetition(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length == 0 && text[length..] == text[..^length])
                return true;
        }

        return false;
    }

    /// <summary>Every character follows the one before, up or down: <c>abcdefghij</c>, <c>9876543210</c>.</summary>
    private static bool IsRow(string text)
    {
        var steps = text.Zip(text.Skip(1), (a, b) => b - a).Distinct().ToList();
        return steps is [1] or [-1];
    }

    private static FrozenSet<string> Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "passwords.json"));
        return JsonSerializer.Deserialize<string[]>(file)!.ToFrozenSet(StringComparer.Ordinal);
    }
}
