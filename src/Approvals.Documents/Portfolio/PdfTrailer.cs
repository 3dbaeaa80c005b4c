using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Approvals.Documents.Portfolio;

/// <summary>What an incremental update needs of a PDF of ours.</summary>
/// <param name="Start">Offset of its cross-reference table.</param>
/// <param name="Size">Number of objects.</param>
/// <param name="Root">Number of the catalogue.</param>
/// <param name="Catalog">The catalogue's dictionary without its closing brackets.</param>
/// <param name="Others">Further entries of the trailer to keep: /Info, /ID.</param>
internal sealed partial record PdfTrailer(long Start, int Size, int Root, string Catalog, string Others)
{
    /// <summary>Reads it from the end of the file.</summary>
    /// <exception cref="InvalidDataException">The structure is not that of a fresh file with a classic table.</exception>
    public static PdfTrailer Read(byte[] pdf)
    {
        var tail = Encoding.Latin1.GetString(pdf, Math.Max(0, pdf.Length - 4096), Math.Min(4096, pdf.Length));
        var start = StartXref().Matches(tail).LastOrDefault() is { } found
            ? int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidDataException("The PDF has no startxref.");
        if (start >= pdf.Length)
            throw new InvalidDataException("The PDF's cross-reference table lies outside of it.");
        var table = Encoding.Latin1.GetString(pdf, start, pdf.Length - start);
        var dictionary = table.IndexOf("trailer", StringComparison.Ordinal) is var at and > 0 && table.StartsWith("xref", StringComparison.Ordinal)
            ? table[at..]
            : throw new InvalidDataException("The PDF has no classic cross-reference table.");
        if (dictionary.Contains("/Prev", StringComparison.Ordinal))
            throw new InvalidDataException("The PDF has been updated before.");
        var size = int.Parse(Required(SizeEntry(), dictionary).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var root = int.Parse(Required(RootEntry(), dictionary).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var others = string.Concat(new[] { InfoEntry(), IdEntry() }.Select(one => one.Match(dictionary)).Where(one => one.Success).Select(one => " " + one.Value));
        return new PdfTrailer(start, size, root, CatalogOf(pdf, OffsetOf(table, root)), others);
    }

    private static string CatalogOf(byte[] pdf, int offset)
    {
        var text = Encoding.Latin1.GetString(pdf, offset, Math.Min(64 * 1024, pdf.Length - offset));
        var end = text.IndexOf("endobj", StringComparison.Ordinal);
        var (open, close) = (text.IndexOf("<<", StringComparison.Ordinal), end < 0 ? -1 : text.LastIndexOf(">>", end, StringComparison.Ordinal));
        if (open < 0 || close < open)
            throw new InvalidDataException("The PDF's catalogue cannot be read.");
        var catalog = text[open..close];
        return catalog.Contains("/Names", StringComparison.Ordinal) || catalog.Contains("/PageMode", StringComparison.Ordinal)
            ? throw new InvalidDataException("The PDF's catalogue has names or a page mode already.")
            : catalog;
    }

    /// <summary>The offset the table gives for an object.</summary>
    private static int OffsetOf(string table, int number)
    {
        var lines = table.Split('\n', StringSplitOptions.TrimEntries);
        for (var i = 1; i < lines.Length && !lines[i].StartsWith("trailer", StringComparison.Ordinal);)
        {
            var head = lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (first, count) = (int.Parse(head[0], CultureInfo.InvariantCulture), int.Parse(head[1], CultureInfo.InvariantCulture));
            if (number >= first && number < first + count)
                return int.Parse(lines[i + 1 + number - first].AsSpan(0, 10), CultureInfo.InvariantCulture);
            i += count + 1;
        }

        throw new InvalidDataException("The PDF's catalogue is not in its cross-reference table.");
    }

    private static Match Required(Regex entry, string dictionary) =>
        entry.Match(dictionary) is { Success: true } match ? match : throw new InvalidDataException("The PDF's trailer is incomplete.");

    [GeneratedRegex(@"startxref\s+(\d+)\s+%%EOF")]
    private static partial Regex StartXref();

    [GeneratedRegex(@"/Size\s+(\d+)")]
    private static partial Regex SizeEntry();

    [GeneratedRegex(@"/Root\s+(\d+)\s+0\s+R")]
    private static partial Regex RootEntry();

    [GeneratedRegex(@"/Info\s+\d+\s+0\s+R")]
    private static partial Regex InfoEntry();

    [GeneratedRegex(@"/ID\s*\[\s*<[^>]*>\s*<[^>]*>\s*\]")]
    private static partial Regex IdEntry();
}
