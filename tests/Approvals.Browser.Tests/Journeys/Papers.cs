using System.Text;
using Microsoft.Playwright;
using UglyToad.PdfPig;

namespace Approvals.Browser.Tests.Journeys;

/// <summary>PDF files as a person gets them.</summary>
internal static class Papers
{
    /// <summary>Fetches a PDF with the cookies of the page; returns its text without blanks.</summary>
    public static async Task<string> ReadPdfAsync(this IPage page, string address)
    {
        var answer = await page.Context.APIRequest.GetAsync(address);
        Assert.Equal(200, answer.Status);
        Assert.Equal("application/pdf", answer.Headers["content-type"]);
        var bytes = await answer.BodyAsync();
        Assert.Equal("%PDF", Encoding.ASCII.GetString(bytes, 0, 4));
        if (Environment.GetEnvironmentVariable("APPROVALS_PICTURES") is { } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, address.Split('/')[^1] + ".pdf"), bytes);
        }

        using var document = PdfDocument.Open(bytes);
        return string.Concat(document.GetPages().SelectMany(one => one.Letters).Select(letter => letter.Value))
            .Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>The PDF of a document that the case page lists under a title.</summary>
    public static async Task<string> ReadDocumentAsync(this IPage page, string title)
    {
        var link = page.Locator("a.file-link[href*='/documents/']").Filter(new() { HasText = title });
        return await page.ReadPdfAsync((await link.GetAttributeAsync("href"))!);
    }

    /// <summary>A text as it stands in the text of a PDF.</summary>
    public static string AsPrinted(string text) =>
        text.Normalize(NormalizationForm.FormKC).Replace(" ", "", StringComparison.Ordinal);
}
