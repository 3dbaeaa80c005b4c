using Approvals.Documents.Pages;

namespace Approvals.Documents.Rendering;

/// <summary>The seam behind which the PDF engine stands: same document, same bytes.</summary>
public interface IPdfRenderer
{
    /// <summary>Draws a laid-out document as PDF.</summary>
    byte[] Render(PagedDocument document);
}

/// <summary>A finished document.</summary>
/// <param name="Pdf">The file.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal.</param>
/// <param name="Pages">Number of pages.</param>
public sealed record RenderedDocument(byte[] Pdf, string Sha256, int Pages);
