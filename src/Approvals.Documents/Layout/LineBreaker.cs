namespace Approvals.Documents.Layout;

/// <summary>A line as a range of clusters; <paramref name="Forced"/> when it ends a paragraph or at a forced break.</summary>
public readonly record struct LineRange(int Start, int End, bool Forced);

/// <summary>
/// Breaks Chinese text into lines by the rules of GB/T 15834: no 。，、）》 at the start of a line, no （《 at its end, numbers,
/// words, —— and …… unparted. A mark that would start a line is drawn in by squeezing the marks of the line where their
/// white suffices (推入), otherwise the character before it goes to the next line with it (推出).
/// </summary>
public static class LineBreaker
{
    private const float Tolerance = 0.01f;

    /// <summary>The lines of a text, the first <paramref name="firstWidth"/> wide, the others <paramref name="width"/>.</summary>
    public static List<LineRange> Break(IReadOnlyList<Cluster> text, float firstWidth, float width)
    {
        var lines = new List<LineRange>();
        var start = 0;
        while (start < text.Count)
        {
            var line = NextLine(text, start, lines.Count == 0 ? firstWidth : width);
            lines.Add(line);
            start = line.Forced && line.End < text.Count ? line.End + 1 : line.End;
            if (!line.Forced)
            {
                // Spaces at a break belong to neither line.
                while (start < text.Count && text[start].Kind == ClusterKind.Space)
                {
                    start++;
                }
            }
        }

        if (lines.Count == 0 || text[^1].Kind == ClusterKind.Break)
        {
            lines.Add(new LineRange(text.Count, text.Count, Forced: true));
        }

        return lines;
    }

    /// <summary>Whether a line may end after <paramref name="a"/> and the next one start with <paramref name="b"/>.</summary>
    public static bool CanBreak(Cluster a, Cluster b)
    {
        if (b.Kind is ClusterKind.Closing or ClusterKind.Space || a.Kind == ClusterKind.Opening)
        {
            return false;
        }

        if (a.Kind == ClusterKind.Paired && b.Kind == ClusterKind.Paired && a.Rune == b.Rune)
        {
            return false;
        }

        // An ASCII stop or slash inside a number or address does not part it: 3.5, 2026/11, www.example.cn
        return !(b.Kind == ClusterKind.Word && (a.Kind == ClusterKind.Word || (a.Kind == ClusterKind.Closing && a.Rune.IsAscii)));
    }

    private static LineRange NextLine(IReadOnlyList<Cluster> text, int start, float width)
    {
        float used = 0, squeeze = 0;
        var lastBreak = -1;
        for (var i = start; i < text.Count; i++)
        {
            var cluster = text[i];
            if (cluster.Kind == ClusterKind.Break)
            {
                return new LineRange(start, i, Forced: true);
            }

            if (i > start && CanBreak(text[i - 1], cluster))
            {
                lastBreak = i;
            }

            used += cluster.Advance;
            squeeze += cluster.Squeeze;
            if (cluster.Kind == ClusterKind.Space || used <= width + Tolerance)
            {
                continue;
            }

            // 推入: the mark that overflows stays when the white of the line's marks makes room for it.
            if (cluster.Kind == ClusterKind.Closing && used - squeeze <= width + Tolerance)
            {
                continue;
            }

            if (lastBreak > start)
            {
                return new LineRange(start, lastBreak, Forced: false);
            }

            // A single unbreakable word wider than the line is cut where the line ends.
            return new LineRange(start, Math.Max(i, start + 1), Forced: false);
        }

        return new LineRange(start, text.Count, Forced: true);
    }
}
