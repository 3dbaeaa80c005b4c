using System.Security.Cryptography;
using Approvals.Documents.Fonts;
using Approvals.Documents.Pages;
using Approvals.Documents.Rendering;

namespace Approvals.Documents;

/// <summary>A document's content as final strings; knows how to lay itself out.</summary>
public interface IDocumentModel
{
    /// <summary>Lays the document out.</summary>
    /// <exception cref="MissingGlyphException">Some character has no glyph in any font.</exception>
    PagedDocument Compose(FontLibrary fonts);
}

/// <summary>The check number of a document and the public page that checks it.</summary>
/// <param name="Url">Address in the QR code; carries no personal data.</param>
/// <param name="Number">Number printed beside the code.</param>
public sealed record VerificationMark(string Url, string Number);

/// <summary>Turns models into PDF files. The same model gives the same bytes. Safe for many threads; keep one.</summary>
public sealed class DocumentRenderer(FontLibrary fonts, IPdfRenderer? engine = null)
{
    private readonly IPdfRenderer engine = engine ?? new SkiaPdfRenderer();

    /// <summary>Renders a document.</summary>
    /// <exception cref="MissingGlyphException">Some character has no glyph in any font.</exception>
    public RenderedDocument Render(IDocumentModel model)
    {
        var document = model.Compose(fonts);
        var pdf = engine.Render(document);
        return new RenderedDocument(pdf, Convert.ToHexStringLower(SHA256.HashData(pdf)), document.Pages.Count);
    }
}
