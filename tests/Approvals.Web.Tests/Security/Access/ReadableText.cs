using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>What a person can read in an answer, whatever it is: a page, JSON, CSV, a PDF, a workbook.</summary>
internal static class ReadableText
{
    /// <summary>The text; empty for pictures and what else holds none.</summary>
    public static string Of(byte[] content, string? mediaType) => mediaType switch
    {
        null => "",
        "application/pdf" => OfPdf(content),
        _ when mediaType.Contains("openxmlformats", StringComparison.Ordinal) => OfWorkbook(content),
        _ when mediaType.StartsWith("text/", StringComparison.Ordinal) || mediaType.EndsWith("json", StringComparison.Ordinal) => Encoding.UTF8.GetString(content),
        _ => "",
    };

    /// <summary>The letters of a PDF as they follow each other.</summary>
    public static string OfPdf(byte[] content)
    {
        using var document = PdfDocument.Open(content);
        return string.Concat(document.GetPages().SelectMany(page => page.Letters).Select(letter => letter.Value)).Normalize(NormalizationForm.FormKC);
    }

    private static string OfWorkbook(byte[] content)
    {
        using var archive = new ZipArchive(new MemoryStream(content));
        return string.Concat(archive.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }
}
