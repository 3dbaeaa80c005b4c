using System.Runtime.InteropServices;

namespace Approvals.Documents.Layout;

/// <summary>Text in lines.</summary>
public sealed class Paragraph(params IReadOnlyList<TextSpan> spans) : Block
{
    private readonly IReadOnlyList<TextSpan> spans = spans;

    /// <summary>A paragraph of one style.</summary>
    public Paragraph(string text, TextStyle style)
        : this(new TextSpan(text, style))
    {
    }

    /// <summary>Where lines stand.</summary>
    public Alignment Alignment { get; init; } = Alignment.Justify;

    /// <summary>Indent of the first line in points (two characters in official documents).</summary>
    public float FirstIndent { get; init; }

    /// <summary>Indent of every line, left, in points.</summary>
    public float LeftIndent { get; init; }

    /// <summary>Indent of every line, right, in points.</summary>
    public float RightIndent { get; init; }

    /// <summary>Distance from line to line in points; null is 1.5 times the type size.</summary>
    public float? LinePitch { get; init; }

    /// <summary>Whether the last lines stay with what follows.</summary>
    public bool KeepWithNext { get; init; }

    /// <summary>Smallest size to which the type may shrink to stay on one line; null never shrinks.</summary>
    public float? Smallest { get; init; }

    /// <inheritdoc />
    public override IEnumerable<Slice> Lay(Typesetter typesetter, float width, float pageHeight)
    {
        var spans = Smallest is { } smallest
            ? [.. this.spans.Select(span => span with { Style = typesetter.Shrink(span.Text, span.Style, width, smallest) })]
            : this.spans;
        var clusters = typesetter.Shape(spans);
        var room = width - LeftIndent - RightIndent;
        var lines = LineBreaker.Break(clusters, room - FirstIndent, room);
        var pitch = LinePitch ?? spans.Max(span => span.Style.Size) * 1.5f;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var indent = LeftIndent + (i == 0 ? FirstIndent : 0);
            var lineWidth = width - RightIndent - indent;
            yield return new Slice(pitch, (canvas, x, y) => typesetter.Place(
                canvas, CollectionsMarshal.AsSpan(clusters)[line.Start..line.End],
                x + indent, y, lineWidth, pitch, Alignment, line.Forced))
            {
                KeepWithNext = KeepWithNext && i >= lines.Count - 2,
            };
        }
    }
}
