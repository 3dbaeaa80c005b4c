using Approvals.Documents.Pages;

namespace Approvals.Documents.Layout;

/// <summary>Draws something with its upper left corner at (x, y).</summary>
public delegate void Drawing(PageCanvas canvas, float x, float y);

/// <summary>A piece of content that stays on one page.</summary>
/// <param name="Height">Height in points.</param>
/// <param name="Draw">How it is drawn.</param>
public sealed record Slice(float Height, Drawing Draw)
{
    /// <summary>Whether the slice may not be the last on its page.</summary>
    public bool KeepWithNext { get; init; }

    /// <summary>Whether the slice is white that falls away at the top of a page.</summary>
    public bool IsSpace { get; init; }

    /// <summary>Whether the page ends after the slice.</summary>
    public bool EndsPage { get; init; }

    /// <summary>Drawn again at the top of a page when this slice is the first on it: a table's heading rows.</summary>
    public Slice? Header { get; init; }

    /// <summary>Drawn on the edge where a page break parts this slice from its neighbour: a cut table row's rule.</summary>
    public Drawing? CutEdge { get; init; }
}

/// <summary>Content that fills a width and may go over pages.</summary>
public abstract class Block
{
    /// <summary>The block as slices.</summary>
    /// <param name="typesetter">Measures text.</param>
    /// <param name="width">Room in points.</param>
    /// <param name="pageHeight">Height of a page's text block; nothing higher fits in one piece.</param>
    public abstract IEnumerable<Slice> Lay(Typesetter typesetter, float width, float pageHeight);
}

/// <summary>White between blocks.</summary>
public sealed class Space(float height) : Block
{
    /// <inheritdoc />
    public override IEnumerable<Slice> Lay(Typesetter typesetter, float width, float pageHeight) =>
        [new Slice(height, static (_, _, _) => { }) { IsSpace = true }];
}

/// <summary>The rest of the page stays white.</summary>
public sealed class PageBreak : Block
{
    /// <inheritdoc />
    public override IEnumerable<Slice> Lay(Typesetter typesetter, float width, float pageHeight) =>
        [new Slice(0, static (_, _, _) => { }) { EndsPage = true }];
}

/// <summary>A free drawing of fixed height, kept in one piece.</summary>
public sealed class Figure(float height, Action<PageCanvas, float, float, float> draw) : Block
{
    /// <inheritdoc />
    public override IEnumerable<Slice> Lay(Typesetter typesetter, float width, float pageHeight) =>
        [new Slice(height, (canvas, x, y) => draw(canvas, x, y, width))];
}

/// <summary>A picture in a frame of fixed size, in the middle of its room.</summary>
public sealed class PictureBlock(byte[] data, float pictureWidth, float pictureHeight, bool fill = false) : Block
{
    /// <inheritdoc />
    public override IEnumerable<Slice> Lay(Typesetter typesetter, float width, float pageHeight)
    {
        var w = Math.Min(width, pictureWidth);
        var h = pictureHeight * w / pictureWidth;
        return [new Slice(h, (canvas, x, y) => canvas.Picture(data, x + (width - w) / 2, y, w, h, fill))];
    }
}
