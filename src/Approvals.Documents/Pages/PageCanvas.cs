using Approvals.Documents.Layout;

namespace Approvals.Documents.Pages;

/// <summary>A page while it is being drawn; places in points from the upper left corner.</summary>
public sealed class PageCanvas(float width, float height)
{
    private readonly List<PageItem> items = [];

    /// <summary>Width of the page.</summary>
    public float Width { get; } = width;

    /// <summary>Height of the page.</summary>
    public float Height { get; } = height;

    /// <summary>Adds an item on top of the others.</summary>
    public void Add(PageItem item) => items.Add(item);

    /// <summary>Draws a line.</summary>
    public void Line(float x1, float y1, float x2, float y2, float thickness, Rgb? color = null) =>
        Add(new LineItem(x1, y1, x2, y2, thickness, color ?? Rgb.Black));

    /// <summary>Outlines a rectangle.</summary>
    public void Frame(float x, float y, float width, float height, float thickness, Rgb? color = null) =>
        Add(new RectItem(x, y, width, height, thickness, color ?? Rgb.Black));

    /// <summary>Fills a rectangle.</summary>
    public void Fill(float x, float y, float width, float height, Rgb color) =>
        Add(new RectItem(x, y, width, height, null, color));

    /// <summary>Places a picture.</summary>
    public void Picture(byte[] data, float x, float y, float width, float height, bool fill = false) =>
        Add(new PictureItem(data, x, y, width, height, fill));

    /// <summary>Writes one line in a box.</summary>
    public void Text(
        Typesetter typesetter, string text, TextStyle style, float x, float y, float width, float height,
        Alignment alignment = Alignment.Left) =>
        typesetter.Place(
            this, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(typesetter.Shape([new TextSpan(text, style)])),
            x, y, width, height, alignment, last: true);

    /// <summary>Draws blocks from the top of a box downwards, or in its middle or at its bottom; returns their height.</summary>
    public float Blocks(
        Typesetter typesetter, IEnumerable<Block> blocks, float x, float y, float width, float height,
        VerticalAlignment align = VerticalAlignment.Top)
    {
        var slices = blocks.SelectMany(block => block.Lay(typesetter, width, height)).ToList();
        var needed = slices.Sum(slice => slice.Height);
        y += align switch
        {
            VerticalAlignment.Middle => Math.Max(0, height - needed) / 2,
            VerticalAlignment.Bottom => Math.Max(0, height - needed),
            _ => 0,
        };
        foreach (var slice in slices)
        {
            slice.Draw(this, x, y);
            y += slice.Height;
        }

        return needed;
    }

    /// <summary>
    /// Draws blocks as <see cref="Blocks"/> does, set smaller where they are too high for the box: <paramref name="blocks"/> is
    /// asked for them at scale 1 and then at ever smaller ones, down to 0.6.
    /// </summary>
    public void FitBlocks(
        Typesetter typesetter, Func<float, IReadOnlyList<Block>> blocks, float x, float y, float width, float height)
    {
        const float Smallest = 0.6f, Step = 0.05f;
        var scale = 1f;
        var content = blocks(scale);
        while (scale - Step >= Smallest && content.Sum(block => block.Lay(typesetter, width, height).Sum(s => s.Height)) > height)
        {
            scale -= Step;
            content = blocks(scale);
        }

        Blocks(typesetter, content, x, y, width, height);
    }

    /// <summary>The finished page.</summary>
    public Page ToPage() => new(Width, Height, [.. items]);
}
