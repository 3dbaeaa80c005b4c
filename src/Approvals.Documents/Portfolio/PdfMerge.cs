using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Writer;

namespace Approvals.Documents.Portfolio;

/// <summary>Puts the pages of existing PDFs behind ours.</summary>
public static partial class PdfMerge
{
    /// <summary>Whether the pages of a given PDF can be taken over: not encrypted, not broken, not empty.</summary>
    public static bool CanAppend(byte[] pdf)
    {
        try
        {
            using var document = PdfDocument.Open(pdf);
            if (document.IsEncrypted || document.NumberOfPages == 0)
                return false;

            // Takes every page through the writer: what it cannot copy is found here, not in the packet.
            using var trial = new PdfDocumentBuilder();
            for (var page = 1; page <= document.NumberOfPages; page++)
                trial.AddPage(document, page);
            return trial.Build().Length > 0;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A scan from a strange program; the file itself is enclosed unchanged either way.
            return false;
        }
    }

    /// <summary>Our PDF followed by the pages of the others; unchanged when there are none.</summary>
    /// <param name="first">Our PDF.</param>
    /// <param name="others">PDFs that <see cref="CanAppend"/> accepted.</param>
    public static byte[] Append(byte[] first, IReadOnlyList<byte[]> others) =>
        others.Count == 0 ? first : WithoutChance(PdfMerger.Merge([first, .. others]));

    /// <summary>The writer puts a random /ID into the trailer; it becomes the hash of the rest, so that the same input gives the same bytes.</summary>
    private static byte[] WithoutChance(byte[] merged)
    {
        var tail = Math.Max(0, merged.Length - 2048);
        var text = Encoding.Latin1.GetString(merged, tail, merged.Length - tail);
        if (RandomId().Match(text) is not { Success: true } id)
            return merged;
        foreach (var place in new[] { id.Groups[1], id.Groups[2] })
            merged.AsSpan(tail + place.Index, place.Length).Fill((byte)'0');
        var hash = Convert.ToHexString(SHA256.HashData(merged));
        foreach (var place in new[] { id.Groups[1], id.Groups[2] })
            Encoding.Latin1.GetBytes(hash.AsSpan(0, place.Length), merged.AsSpan(tail + place.Index));
        return merged;
    }

    [GeneratedRegex("/ID \\[ ?<([0-9A-Fa-f]{32})> ?<([0-9A-Fa-f]{32})> ?\\]", RegexOptions.RightToLeft)]
    private static partial Regex RandomId();
}
