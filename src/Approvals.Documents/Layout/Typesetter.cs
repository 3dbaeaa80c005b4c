using System.Text;
using Approvals.Documents.Fonts;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Layout;

/// <summary>Turns text into measured characters and lines of them into items of a page.</summary>
/// <param name="fonts">The fonts.</param>
/// <param name="replaceMissing">
/// Whether a character no font has is set as 〓, the printers' sign for a missing sort. For forms, which record what a person
/// typed, emoji and all; what an authority issues is not rendered with holes.
/// </param>
public sealed class Typesetter(FontLibrary fonts, bool replaceMissing = false)
{
    private static readonly Rune MissingSort = new('〓');

    // In the em box of Chinese fonts the baseline lies 0.88 em below its top.
    private const float Ascent = 0.88f;
    private const float FullWidth = 0.9f;

    // Before a long number a line may come up short; pulling its characters further apart than this reads worse than a gap.
    private const float WidestGap = 0.4f;

    /// <summary>The fonts.</summary>
    public FontLibrary Fonts { get; } = fonts;

    /// <summary>Measures text.</summary>
    /// <exception cref="MissingGlyphException">Some character has no glyph in any font and is not to be replaced.</exception>
    public List<Cluster> Shape(IEnumerable<TextSpan> spans)
    {
        var clusters = new List<Cluster>();
        foreach (var span in spans)
        {
            var text = OfficialText.Normalize(span.Text);
            foreach (var rune in text.EnumerateRunes())
            {
                AddTo(clusters, rune, span.Style, text);
            }
        }

        return clusters;
    }

    /// <summary>The width of a text on one line, in points.</summary>
    public float Width(string text, TextStyle style) => Width(Shape([new TextSpan(text, style)]));

    /// <summary>The style at its own size, or smaller so that the text fits the width on one line.</summary>
    public TextStyle Fit(string text, TextStyle style, float width)
    {
        var needed = Width(text, style);
        return needed <= width ? style : style with { Size = style.Size * width / needed, Spacing = 0 };
    }

    /// <summary>
    /// The style at its own size, or, where the text does not fit on one line, at the largest size down to
    /// <paramref name="smallest"/> at which it does; failing that, at one where no word is wider than the line.
    /// </summary>
    public TextStyle Shrink(string text, TextStyle style, float width, float smallest)
    {
        var needed = text.Split('\n').Max(line => Width(line, style));
        if (needed <= width)
        {
            return style;
        }

        var fitting = style.Size * width / needed;
        if (fitting >= smallest)
        {
            return style with { Size = fitting };
        }

        var word = LongestWord(Shape([new TextSpan(text, style)]));
        return word <= width ? style : style with { Size = Math.Max(smallest, style.Size * width / word) };
    }

    /// <summary>Puts a line on a page.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="line">The characters.</param>
    /// <param name="x">Left edge in points.</param>
    /// <param name="y">Upper edge of the line's box.</param>
    /// <param name="width">Width between the margins.</param>
    /// <param name="height">Height of the line's box; the type stands in its middle.</param>
    /// <param name="alignment">Where the line stands.</param>
    /// <param name="last">Whether the line ends a paragraph and so is not justified.</param>
    public void Place(
        PageCanvas canvas, ReadOnlySpan<Cluster> line, float x, float y, float width, float height, Alignment alignment,
        bool last)
    {
        line = TrimEnd(line);
        if (line.IsEmpty)
        {
            return;
        }

        var free = width - Width(line);
        var stretch = free > 0 && alignment == Alignment.Justify && !last;
        var left = alignment switch
        {
            Alignment.Center => x + Math.Max(0, free) / 2,
            Alignment.Right => x + Math.Max(0, free),
            _ => x,
        };
        var size = 0f;
        foreach (var cluster in line)
        {
            size = Math.Max(size, cluster.Style.Size);
        }

        var baseline = y + (height - size) / 2 + size * Ascent;
        var gap = stretch ? free / Math.Max(1, Gaps(line)) : 0;
        gap = gap > WidestGap * size ? 0 : gap;
        var squeezed = free < 0 ? Math.Min(1, -free / Math.Max(0.001f, Squeeze(line))) : 0;
        Emit(canvas, line, left, baseline, gap, squeezed);
    }

    private static void Emit(
        PageCanvas canvas, ReadOnlySpan<Cluster> line, float x, float baseline, float gap, float squeezed)
    {
        var text = new StringBuilder();
        var places = new List<float>();
        for (var i = 0; i < line.Length; i++)
        {
            var cluster = line[i];
            var given = cluster.Squeeze * squeezed;
            text.Append(cluster.Rune.ToString());
            // Opening marks have their white before the sign, so that is where they give it up.
            places.Add(x + cluster.Inset - (cluster.Kind == ClusterKind.Opening ? given : 0));
            x += cluster.Advance - given;
            if (gap > 0 && i + 1 < line.Length && Stretches(cluster, line[i + 1]))
            {
                x += gap;
            }

            var ends = i + 1 == line.Length
                || !ReferenceEquals(line[i + 1].Face, cluster.Face) || !Equals(line[i + 1].Style, cluster.Style);
            if (ends)
            {
                canvas.Add(new TextItem(
                    cluster.Face, cluster.Style.Size, text.ToString(), [.. places], baseline, cluster.Style.Color));
                text.Clear();
                places.Clear();
            }
        }
    }

    // Chinese fonts have □, √ and × but seldom ☐, ☑ and ☒: a ticked box is a tick, which takes no room, and a box around it.
    private void AddTo(List<Cluster> clusters, Rune rune, TextStyle style, string text)
    {
        if (rune.Value is >= 0x2610 and <= 0x2612 && Fonts.Find(style.Role, rune) is null)
        {
            if (rune.Value != 0x2610)
            {
                var tick = Measure(new Rune(rune.Value == 0x2611 ? '√' : '×'), style, text);
                var box = Measure(new Rune('□'), style, text);
                clusters.Add(tick with { Kind = ClusterKind.Opening, Advance = 0, Inset = (box.Advance - tick.Advance) / 2 });
            }

            rune = new Rune('□');
        }

        clusters.Add(Measure(rune, style, text));
    }

    private Cluster Measure(Rune rune, TextStyle style, string text)
    {
        var kind = Cluster.Classify(rune);
        var probe = kind == ClusterKind.Break ? new Rune(' ') : rune;
        var face = Fonts.Find(style.Role, probe);
        if (face is null && kind == ClusterKind.Space)
        {
            face = Fonts[style.Role];
        }

        if (face is null && replaceMissing && rune != MissingSort)
        {
            return Measure(MissingSort, style, text);
        }

        if (face is null)
        {
            throw new MissingGlyphException(Fonts.MissingGlyphs(text));
        }

        var natural = face.Advance(probe);
        if (kind == ClusterKind.Space && natural == 0)
        {
            natural = rune.Value == 0x3000 ? 1 : 0.25f;
        }

        var glyph = natural * style.Size;
        var full = natural >= FullWidth;
        var cell = full && style.Cell is { } wanted ? wanted * natural : glyph;
        var squeeze = full && IsSqueezable(kind, rune) ? glyph / 2 : 0;
        return new Cluster(rune, kind, style, face, cell + style.Spacing, (cell - glyph) / 2, squeeze);
    }

    private static bool IsSqueezable(ClusterKind kind, Rune rune) =>
        kind == ClusterKind.Opening || (kind == ClusterKind.Closing && "。，、；：）》」』】〕〉”’".Contains((char)rune.Value));

    private static ReadOnlySpan<Cluster> TrimEnd(ReadOnlySpan<Cluster> line)
    {
        while (!line.IsEmpty && line[^1].Kind == ClusterKind.Space && line[^1].Rune.Value == ' ')
        {
            line = line[..^1];
        }

        return line;
    }

    private static float Width(List<Cluster> line) => Width(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line));

    private static float Width(ReadOnlySpan<Cluster> line)
    {
        var width = 0f;
        foreach (var cluster in line)
        {
            width += cluster.Advance;
        }

        return line.IsEmpty ? 0 : width - line[^1].Style.Spacing;
    }

    private static float LongestWord(List<Cluster> text)
    {
        float longest = 0, word = 0;
        for (var i = 0; i < text.Count; i++)
        {
            word = i > 0 && LineBreaker.CanBreak(text[i - 1], text[i]) ? text[i].Advance : word + text[i].Advance;
            longest = Math.Max(longest, word);
        }

        return longest;
    }

    private static float Squeeze(ReadOnlySpan<Cluster> line)
    {
        var squeeze = 0f;
        foreach (var cluster in line)
        {
            squeeze += cluster.Squeeze;
        }

        return squeeze;
    }

    private static int Gaps(ReadOnlySpan<Cluster> line)
    {
        var gaps = 0;
        for (var i = 0; i + 1 < line.Length; i++)
        {
            gaps += Stretches(line[i], line[i + 1]) ? 1 : 0;
        }

        return gaps;
    }

    private static bool Stretches(Cluster a, Cluster b) =>
        !(a.Kind == ClusterKind.Word && b.Kind == ClusterKind.Word)
        && !(a.Kind == ClusterKind.Paired && b.Kind == ClusterKind.Paired);
}
