using Approvals.Documents.Pages;

namespace Approvals.Documents.Layout;

/// <summary>A page's size and margins in points.</summary>
public sealed record PageSetup(float Width, float Height, float Top, float Right, float Bottom, float Left)
{
    /// <summary>A4 as GB/T 9704-2012 wants it: 37 mm above, 28 mm at the binding side, a text block of 156 × 225 mm.</summary>
    public static PageSetup Official { get; } = Millimetres(210, 297, 37, 26, 35, 28);

    /// <summary>A4 for forms and lists.</summary>
    public static PageSetup Form { get; } = Millimetres(210, 297, 25, 20, 20, 20);

    /// <summary>A4 lying, without margins: certificates place everything themselves.</summary>
    public static PageSetup Certificate { get; } = Millimetres(297, 210, 0, 0, 0, 0);

    /// <summary>Width of the text block.</summary>
    public float BodyWidth => Width - Left - Right;

    /// <summary>Height of the text block.</summary>
    public float BodyHeight => Height - Top - Bottom;

    /// <summary>A setup from millimetres: size, then margins clockwise from the top.</summary>
    public static PageSetup Millimetres(double width, double height, double top, double right, double bottom, double left) =>
        new(Units.Mm(width), Units.Mm(height), Units.Mm(top), Units.Mm(right), Units.Mm(bottom), Units.Mm(left));
}

/// <summary>Where a header or footer is drawn.</summary>
/// <param name="Setup">The page.</param>
/// <param name="Number">Its number from 1.</param>
/// <param name="Count">How many there are.</param>
public sealed record PagePlace(PageSetup Setup, int Number, int Count)
{
    /// <summary>Whether this is a right-hand page.</summary>
    public bool IsOdd => Number % 2 == 1;

    /// <summary>Whether this is the last page.</summary>
    public bool IsLast => Number == Count;
}

/// <summary>Fills pages with slices.</summary>
public static class Paginator
{
    private const float Tolerance = 0.05f;

    /// <summary>The pages of a flow; <paramref name="decorate"/> draws header and footer once their number is known.</summary>
    public static List<Page> Fill(IEnumerable<Slice> flow, PageSetup setup, Action<PageCanvas, PagePlace>? decorate = null)
    {
        var slices = flow.ToList();
        var canvases = new List<PageCanvas>();
        var canvas = NewPage(setup, canvases);
        var y = setup.Top;
        var bottom = setup.Height - setup.Bottom;
        Slice? previous = null;
        for (var i = 0; i < slices.Count; i++)
        {
            var slice = slices[i];
            var needed = Chain(slices, i, setup.BodyHeight);
            if (previous is not null && y + needed > bottom + Tolerance)
            {
                previous.CutEdge?.Invoke(canvas, setup.Left, y);
                canvas = NewPage(setup, canvases);
                y = setup.Top;
                previous = null;
            }

            if (previous is null)
            {
                if (slice.IsSpace && canvases.Count > 1)
                {
                    continue;
                }

                if (canvases.Count > 1 && slice.Header is { } header)
                {
                    header.Draw(canvas, setup.Left, y);
                    y += header.Height;
                }

                slice.CutEdge?.Invoke(canvas, setup.Left, y);
            }

            slice.Draw(canvas, setup.Left, y);
            y += slice.Height;
            previous = slice;
            if (slice.EndsPage && i + 1 < slices.Count)
            {
                canvas = NewPage(setup, canvases);
                y = setup.Top;
                previous = null;
            }
        }

        for (var i = 0; i < canvases.Count; i++)
        {
            decorate?.Invoke(canvases[i], new PagePlace(setup, i + 1, canvases.Count));
        }

        return [.. canvases.Select(page => page.ToPage())];
    }

    // Height of a slice with everything it may not be parted from, the space between them too; what is too high for a page is parted after all.
    private static float Chain(List<Slice> slices, int index, float pageHeight)
    {
        var height = slices[index].Height;
        for (var i = index; (slices[i].KeepWithNext || (slices[i].IsSpace && i > index)) && i + 1 < slices.Count; i++)
        {
            height += slices[i + 1].Height;
        }

        return height <= pageHeight ? height : slices[index].Height;
    }

    private static PageCanvas NewPage(PageSetup setup, List<PageCanvas> pages)
    {
        var canvas = new PageCanvas(setup.Width, setup.Height);
        pages.Add(canvas);
        return canvas;
    }
}
