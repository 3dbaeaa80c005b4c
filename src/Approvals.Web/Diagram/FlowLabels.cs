namespace Approvals.Web.Diagram;

/// <summary>A caption with the place it was given.</summary>
internal sealed record FlowLabel(string Text, FlowArea Area);

/// <summary>Finds a place for every caption: beside its line, near the box it leaves, on no box and on no other caption.</summary>
internal static class FlowLabels
{
    private const double Aside = 4;
    private const double Above = 2;

    /// <summary>The captions of all lines that have one.</summary>
    /// <param name="drawing">Boxes to keep clear of.</param>
    /// <param name="paths">Lines as they are drawn.</param>
    public static IReadOnlyList<FlowLabel> Place(FlowDrawing drawing, IReadOnlyList<FlowPath> paths)
    {
        var taken = drawing.Boxes.Select(box => FlowArea.Of(box).Grown(1)).ToList();
        var labels = new List<FlowLabel>();
        foreach (var path in paths)
        {
            var text = path.Line.Caption;
            if (text.Length > 0 && path.Stretches.Count > 0)
            {
                var area = Best(path, FlowCaption.WidthOf(text), taken, paths);
                taken.Add(area.Grown(1));
                labels.Add(new FlowLabel(text, area));
            }
        }

        return labels;
    }

    private static FlowArea Best(FlowPath path, double width, List<FlowArea> taken, IReadOnlyList<FlowPath> paths)
    {
        FlowArea? best = null;
        var least = double.MaxValue;
        foreach (var (area, cost) in Places(path, width))
        {
            if (cost < least && !taken.Exists(area.Overlaps))
            {
                var crossed = paths.Sum(other => other.Stretches.Count(area.IsCrossedBy));
                if (cost + (crossed * 25) < least)
                {
                    (best, least) = (area, cost + (crossed * 25));
                }
            }
        }

        return best ?? Anywhere(path.Points[0], width, taken);
    }

    /// <summary>Places beside the line, the ones near its beginning first.</summary>
    private static IEnumerable<(FlowArea Area, double Cost)> Places(FlowPath path, double width)
    {
        var walked = 0.0;
        foreach (var stretch in path.Stretches)
        {
            foreach (var part in new[] { 0, 0.5, 1 })
            {
                var x = stretch.From.X + ((stretch.To.X - stretch.From.X) * part);
                var y = stretch.From.Y + ((stretch.To.Y - stretch.From.Y) * part);
                var cost = (walked + (stretch.Length * part)) * 0.2;
                if (stretch.IsLevel)
                {
                    // At its ends the caption stands over the line, not over what the line leaves or turns into.
                    var left = stretch.To.X >= stretch.From.X == part < 0.25 ? x + Aside : x - width - Aside;
                    left = part == 0.5 ? x - (width / 2) : left;
                    yield return (new FlowArea(left, y - FlowCaption.Height - Above, width, FlowCaption.Height), cost);
                    yield return (new FlowArea(left, y + Above, width, FlowCaption.Height), cost + 3);
                }
                else
                {
                    var isDown = stretch.To.Y >= stretch.From.Y;
                    var top = part == 0.5 ? y - (FlowCaption.Height / 2)
                        : isDown == part < 0.25 ? y + Above : y - FlowCaption.Height - Above;
                    yield return (new FlowArea(x + Aside, top, width, FlowCaption.Height), cost);
                    yield return (new FlowArea(x - Aside - width, top, width, FlowCaption.Height), cost + 3);
                }
            }

            walked += stretch.Length;
        }
    }

    /// <summary>Boxes may stand so close that no line has room: then the nearest free spot, in widening rings.</summary>
    private static FlowArea Anywhere((double X, double Y) near, double width, List<FlowArea> taken)
    {
        for (var ring = 1; ; ring++)
        {
            for (var turn = 0; turn < 16; turn++)
            {
                var angle = turn * Math.PI / 8;
                var area = new FlowArea(
                    near.X + (Math.Cos(angle) * ring * 8) - (width / 2), near.Y + (Math.Sin(angle) * ring * 8) - (FlowCaption.Height / 2),
                    width, FlowCaption.Height);
                if (!taken.Exists(area.Overlaps))
                {
                    return area;
                }
            }
        }
    }
}
