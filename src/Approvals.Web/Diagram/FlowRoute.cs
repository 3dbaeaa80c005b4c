namespace Approvals.Web.Diagram;

/// <summary>A connection with the corners it is drawn with.</summary>
internal sealed record FlowPath(FlowLine Line, IReadOnlyList<(double X, double Y)> Points)
{
    public IReadOnlyList<FlowStretch> Stretches { get; } = FlowStretch.Of(Points).Where(one => one.Length > 0.5).ToList();
}

/// <summary>
/// Draws connections with right angles, as the designer does. Of the ways a line can take, the one is chosen that passes through no box,
/// runs on no other line, and is short.
/// </summary>
internal static class FlowRoute
{
    /// <summary>Every connection of a drawing.</summary>
    public static IReadOnlyList<FlowPath> All(FlowDrawing drawing)
    {
        var offsets = FlowExit.Offsets(drawing);
        var chosen = new Dictionary<FlowLine, FlowPath>(ReferenceEqualityComparer.Instance);

        // Lines with corners of the designer's stay; then the short ones, which have the least choice.
        foreach (var line in drawing.Lines.OrderByDescending(line => line.Corners.Count > 0)
            .ThenBy(line => Math.Abs(line.To.MiddleX - line.From.MiddleX) + Math.Abs(line.To.MiddleY - line.From.MiddleY)))
        {
            var ways = line.Corners.Count > 0
                ? [[Leave(line.From, line.Corners[0]), .. line.Corners, Leave(line.To, line.Corners[^1])]]
                : FlowWays.Of(line, offsets[line], StubOf(drawing, line), drawing);
            chosen[line] = ways.Select(points => new FlowPath(line, points)).MinBy(path => Cost(path, drawing, chosen.Values))!;
        }

        return [.. drawing.Lines.Select(line => chosen[line])];
    }

    private static double StubOf(FlowDrawing drawing, FlowLine line) => FlowSpacing.StubOf(
        drawing.Lines.Where(other => other.From.Id == line.From.Id && other.Corners.Count == 0 && FlowExit.SideOf(other) == FlowSide.Right));

    private static double Cost(FlowPath path, FlowDrawing drawing, IEnumerable<FlowPath> others)
    {
        var cost = path.Points.Count * 4.0;
        foreach (var stretch in path.Stretches)
        {
            cost += stretch.Length * 0.05;
            cost += 1000 * drawing.Boxes.Count(box => FlowArea.Of(box).Grown(box == path.Line.From || box == path.Line.To ? -1 : 3).IsCrossedBy(stretch));
        }

        foreach (var other in others)
        {
            // Lines that come from one outcome or lead to one box may run together.
            var isKin = other.Line.To == path.Line.To || (other.Line.From == path.Line.From && other.Line.Port == path.Line.Port);
            foreach (var (mine, its) in path.Stretches.SelectMany(mine => other.Stretches.Select(its => (mine, its))))
            {
                cost += isKin ? 0 : (Math.Max(0, mine.Shared(its)) * 3) + (mine.Crosses(its) ? 8 : 0);
            }
        }

        return cost;
    }

    private static (double X, double Y) Leave(FlowBox box, (double X, double Y) towards) =>
        towards.X >= box.Right ? (box.Right, box.MiddleY)
        : towards.X <= box.X ? (box.X, box.MiddleY)
        : towards.Y >= box.Bottom ? (box.MiddleX, box.Bottom)
        : (box.MiddleX, box.Y);
}
