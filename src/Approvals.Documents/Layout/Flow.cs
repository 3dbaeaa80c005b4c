using Approvals.Documents.Fonts;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Layout;

/// <summary>Content from top to bottom, over as many pages as it needs.</summary>
public sealed class Flow
{
    private readonly List<Block> blocks = [];

    /// <summary>The blocks so far.</summary>
    public IReadOnlyList<Block> Blocks => blocks;

    /// <summary>Adds any block.</summary>
    public Flow Add(Block block)
    {
        blocks.Add(block);
        return this;
    }

    /// <summary>Adds a paragraph.</summary>
    public Flow Text(string text, TextStyle style, Alignment alignment = Alignment.Justify, float? pitch = null) =>
        Add(new Paragraph(text, style) { Alignment = alignment, LinePitch = pitch });

    /// <summary>Adds white, in points.</summary>
    public Flow Space(float height) => Add(new Space(height));

    /// <summary>Adds a free drawing kept in one piece: canvas, x, y, width.</summary>
    public Flow Figure(float height, Action<PageCanvas, float, float, float> draw) => Add(new Figure(height, draw));

    /// <summary>Ends the page.</summary>
    public Flow PageBreak() => Add(new PageBreak());
}

/// <summary>Composes a document from flows and single pages.</summary>
/// <param name="fonts">The fonts.</param>
/// <param name="info">What the file says about itself.</param>
/// <param name="replaceMissing">Whether characters no font has are set as 〓 (see <see cref="Layout.Typesetter"/>).</param>
public sealed class DocumentBuilder(FontLibrary fonts, DocumentInfo info, bool replaceMissing = false)
{
    private readonly List<Page> pages = [];

    /// <summary>Measures text.</summary>
    public Typesetter Typesetter { get; } = new(fonts, replaceMissing);

    /// <summary>Adds the pages of a flow; <paramref name="decorate"/> draws headers and footers.</summary>
    public DocumentBuilder Pages(PageSetup setup, Action<Flow> compose, Action<PageCanvas, PagePlace>? decorate = null)
    {
        var flow = new Flow();
        compose(flow);
        var slices = flow.Blocks.SelectMany(block => block.Lay(Typesetter, setup.BodyWidth, setup.BodyHeight));
        pages.AddRange(Paginator.Fill(slices, setup, decorate));
        return this;
    }

    /// <summary>Adds one page with everything placed absolutely; size in points.</summary>
    public DocumentBuilder Page(float width, float height, Action<PageCanvas> draw)
    {
        var canvas = new PageCanvas(width, height);
        draw(canvas);
        pages.Add(canvas.ToPage());
        return this;
    }

    /// <summary>The document.</summary>
    public PagedDocument Build() => new(info, [.. pages]);
}
