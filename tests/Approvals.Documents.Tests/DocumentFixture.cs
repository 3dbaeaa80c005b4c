using System.Text;
using Approvals.Documents.Fonts;
using Approvals.Documents.Rendering;
using UglyToad.PdfPig;

[assembly: AssemblyFixture(typeof(Approvals.Documents.Tests.DocumentFixture))]

namespace Approvals.Documents.Tests;

/// <summary>Fonts and renderer for all tests; every document rendered is left in <c>samples/</c> to be looked at.</summary>
public sealed class DocumentFixture : IDisposable
{
    public DocumentFixture()
    {
        Fonts = FontLibrary.Load();
        Renderer = new DocumentRenderer(Fonts);
        Directory.CreateDirectory(Folder);
    }

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "samples");

    public FontLibrary Fonts { get; }

    public DocumentRenderer Renderer { get; }

    public RenderedDocument Render(IDocumentModel model, string? name = null)
    {
        var document = Renderer.Render(model);
        if (name is not null)
        {
            File.WriteAllBytes(Path.Combine(Folder, name + ".pdf"), document.Pdf);
        }

        return document;
    }

    /// <summary>
    /// The characters of the text layer in drawing order, without white space; page numbers and other text whose baseline
    /// is less than <paramref name="aboveMm"/> over the page's foot left out.
    /// </summary>
    public static string TextOf(byte[] pdf, double aboveMm = 0)
    {
        using var document = PdfDocument.Open(pdf);
        var text = new StringBuilder();
        foreach (var letter in document.GetPages().SelectMany(page => page.Letters)
            .Where(letter => letter.StartBaseLine.Y >= Units.Mm(aboveMm)))
        {
            text.Append(letter.Value);
        }

        return Squeeze(text.ToString());
    }

    public static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    public void Dispose() => Fonts.Dispose();
}
