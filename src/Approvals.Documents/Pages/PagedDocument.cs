namespace Approvals.Documents.Pages;

/// <summary>What a PDF says about itself. All of it comes from the model, never from the clock.</summary>
/// <param name="Title">The document's title.</param>
/// <param name="Author">The issuing authority (发文机关).</param>
/// <param name="Created">When the document was issued, to the second.</param>
public sealed record DocumentInfo(string Title, string Author, DateTimeOffset Created);

/// <summary>A laid-out document: pages with everything at its place. Any PDF renderer can draw it.</summary>
public sealed record PagedDocument(DocumentInfo Info, IReadOnlyList<Page> Pages);

/// <summary>One page; sizes and places in points from the upper left corner.</summary>
public sealed record Page(float Width, float Height, IReadOnlyList<PageItem> Items);

/// <summary>A colour in sRGB.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Black.</summary>
    public static readonly Rgb Black = new(0, 0, 0);

    /// <summary>White.</summary>
    public static readonly Rgb White = new(255, 255, 255);

    /// <summary>The red of official letterheads and seals.</summary>
    public static readonly Rgb OfficialRed = new(218, 0, 17);

    /// <summary>Grey of small print; dark enough to read (contrast 7:1 on white).</summary>
    public static readonly Rgb SmallPrint = new(85, 85, 85);

    /// <summary>Gold of certificate borders.</summary>
    public static readonly Rgb Gold = new(176, 138, 62);
}
