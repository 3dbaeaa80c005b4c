using Approvals.Documents.Pages;
using Approvals.Documents.Rendering;
using UglyToad.PdfPig;

namespace Approvals.Documents.Tests;

/// <summary>A picture that cannot be drawn leaves a crossed frame: the document it stands in is made all the same.</summary>
public sealed class UndrawablePictureTests
{
    /// <summary>The head of a PNG of 14,000 × 14,000 pixels of one bit, and no pixels.</summary>
    internal static readonly byte[] Bomb = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAANrAAADawAQAAAACMoMjEAAAAAElEQVQ1rwYe");

    [Fact]
    public void A_head_and_garbage() => Draw([.. Bomb[..8], 1, 2, 3], isDrawn: false);

    [Fact]
    public void More_pixels_than_are_drawn() => Draw(Bomb, isDrawn: false);

    [Fact]
    public void Nothing() => Draw([], isDrawn: false);

    [Fact]
    public void A_picture_that_ends_too_early_is_drawn_as_far_as_it_goes() => Draw(Pictures.Portrait()[..2000], isDrawn: true);

    [Fact]
    public void A_whole_picture() => Draw(Pictures.Signature(), isDrawn: true);

    private static void Draw(byte[] picture, bool isDrawn)
    {
        var info = new DocumentInfo("图", "局", new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
        var page = new Page(200, 200, [new PictureItem(picture, 20, 20, 100, 40, Fill: false), new PictureItem(picture, 20, 80, 100, 40, Fill: true)]);
        using var pdf = PdfDocument.Open(new SkiaPdfRenderer().Render(new PagedDocument(info, [page])));
        var drawn = pdf.GetPage(1);
        Assert.Equal(isDrawn ? 2 : 0, drawn.GetImages().Count());
        Assert.Equal(!isDrawn, drawn.Paths.Any(path => path.IsStroked));
    }
}
