using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Documents.Portfolio;

/// <summary>
/// Embeds files in a PDF of ours (ISO 32000-1, 7.11.4, 12.3.5) by an incremental update: the pages' bytes stay as they are, the new
/// objects follow them. Readers list the files beside the pages; Acrobat shows them as a portfolio.
/// </summary>
public static class PdfPortfolio
{
    /// <summary>The PDF with the files embedded; the same input gives the same bytes.</summary>
    /// <param name="pdf">A PDF with a classic cross-reference table, as our renderer and the merger write it.</param>
    /// <param name="files">Files; names must differ.</param>
    /// <param name="modified">Date of the files, from the document, never from the clock.</param>
    /// <exception cref="InvalidDataException">The PDF has another structure, or names embedded files already.</exception>
    public static byte[] Embed(byte[] pdf, IReadOnlyList<EmbeddedFile> files, DateTimeOffset modified)
    {
        var trailer = PdfTrailer.Read(pdf);
        using var output = new MemoryStream(pdf.Length + files.Sum(file => file.Content.Length) + 4096);
        output.Write(pdf);
        var offsets = new SortedDictionary<int, long>();
        var next = trailer.Size;
        var names = new List<(string Key, int Object)>();
        foreach (var file in files)
        {
            var (stream, specification) = (next++, next++);
            offsets[stream] = output.Position + 1;
            WriteStream(output, stream, file, modified);
            offsets[specification] = output.Position + 1;
            var name = Hex(file.Name);
            Write(output, $"\n{specification} 0 obj\n<< /Type /Filespec /F {name} /UF {name} /AFRelationship /Data /EF << /F {stream} 0 R /UF {stream} 0 R >> >>\nendobj");
            names.Add((name, specification));
        }

        var tree = string.Join(' ', names.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Object} 0 R"));
        var associated = string.Join(' ', names.Select(one => $"{one.Object} 0 R"));
        offsets[trailer.Root] = output.Position + 1;
        Write(output, $"\n{trailer.Root} 0 obj\n{trailer.Catalog} /Names << /EmbeddedFiles << /Names [ {tree} ] >> >> /AF [ {associated} ] /PageMode /UseAttachments /Collection << /Type /Collection /View /H >> >>\nendobj");
        var start = output.Position + 1;
        Write(output, "\nxref\n");
        foreach (var (number, offset) in offsets)
            Write(output, string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{offset:0000000000} 00000 n \n"));
        Write(output, $"trailer\n<< /Size {next} /Root {trailer.Root} 0 R /Prev {trailer.Start}{trailer.Others} >>\nstartxref\n{start}\n%%EOF\n");
        return output.ToArray();
    }

    private static void WriteStream(MemoryStream output, int number, EmbeddedFile file, DateTimeOffset modified)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(file.Content);
        var date = modified.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

        // MD5 is what the standard asks for here; it is no security measure, the manifest has the SHA-256.
#pragma warning disable CA5351
        var check = Convert.ToHexString(MD5.HashData(file.Content));
#pragma warning restore CA5351
        var type = file.ContentType.Replace("/", "#2F", StringComparison.Ordinal);
        Write(output, string.Create(CultureInfo.InvariantCulture, $"\n{number} 0 obj\n<< /Type /EmbeddedFile /Subtype /{type} /Filter /FlateDecode /Length {packed.Length} /Params << /Size {file.Content.Length} /ModDate (D:{date}Z) /CheckSum <{check}> >> >>\nstream\n"));
        packed.Position = 0;
        packed.CopyTo(output);
        Write(output, "\nendstream\nendobj");
    }

    /// <summary>A text string in UTF-16 as hexadecimal digits: any name, nothing to escape.</summary>
    private static string Hex(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    private static void Write(MemoryStream output, string text) => output.Write(Encoding.Latin1.GetBytes(text));
}
