using System.Globalization;
using System.Text;

namespace Approvals.Documents.Fonts;

/// <summary>
/// Text as it may enter a document: composed (NFC), Kangxi radicals replaced by the characters they look like (⼈ → 人, or the
/// text could not be found again), control characters and variation selectors removed, line breaks as \n.
/// </summary>
public static class OfficialText
{
    /// <summary>Normalises a text; null counts as empty.</summary>
    public static string Normalize(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (rune.Value == '\n')
            {
                result.Append('\n');
            }
            else if (rune.Value is '\t' or 0xA0)
            {
                result.Append(' ');
            }
            else if (rune.Value is >= 0x2E80 and <= 0x2FD5)
            {
                result.Append(rune.ToString().Normalize(NormalizationForm.FormKC));
            }
            else if (!IsInvisible(rune))
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
