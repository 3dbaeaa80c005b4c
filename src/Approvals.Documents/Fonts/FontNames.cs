using System.Buffers.Binary;
using System.Text;
using HarfBuzzSharp;

namespace Approvals.Documents.Fonts;

/// <summary>
/// What a font says of itself: its family in every language it names it in, and its weight. Read from the tables <c>name</c>, <c>OS/2</c>
/// and <c>head</c> (OpenType 1.9), so that a look at the fonts does not load the renderer.
/// </summary>
internal static class FontNames
{
    private const int Family = 1, TypographicFamily = 16, Windows = 3, Unicode = 0, English = 0x409, Bold = 600;

    /// <summary>The names of the family, the typographic and the English one first; empty when the font has none.</summary>
    public static IReadOnlyList<string> Families(Face face)
    {
        using var table = face.ReferenceTable(Tag.Parse("name"));
        var names = table.AsSpan();
        if (names.Length < 6)
            return [];
        var found = new List<(int Rank, string Text)>();
        var texts = Number(names, 4);
        for (var record = 6; record < 6 + (12 * Number(names, 2)) && record + 12 <= names.Length; record += 12)
        {
            var (platform, language, kind) = (Number(names, record), Number(names, record + 4), Number(names, record + 6));
            var (length, start) = (Number(names, record + 8), texts + Number(names, record + 10));
            if (kind is not (Family or TypographicFamily) || platform is not (Windows or Unicode) || start + length > names.Length)
                continue;
            var rank = (kind == TypographicFamily ? 0 : 2) + (platform == Windows && language == English ? 0 : 1);
            found.Add((rank, Encoding.BigEndianUnicode.GetString(names.Slice(start, length))));
        }

        return [.. found.OrderBy(one => one.Rank).Select(one => one.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether the weight is 600 or more; a font that names no weight is bold when its style says so.</summary>
    public static bool IsBold(Face face)
    {
        using var table = face.ReferenceTable(Tag.Parse("OS/2"));
        if (table.Length >= 6)
            return Number(table.AsSpan(), 4) >= Bold;
        using var head = face.ReferenceTable(Tag.Parse("head"));
        return head.Length >= 46 && (Number(head.AsSpan(), 44) & 1) != 0;
    }

    private static int Number(ReadOnlySpan<byte> table, int at) => BinaryPrimitives.ReadUInt16BigEndian(table[at..]);
}
