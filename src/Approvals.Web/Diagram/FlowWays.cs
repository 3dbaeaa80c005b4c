namespace Approvals.Web.Diagram;

/// <summary>The ways a connection can take.</summary>
internal static class FlowWays
{
    private const double Clearance = 28;
    private const double Near = 16;
    private const int Lanes = 4;

    /// <summary>So little that a bend would look like a mistake.</summary>
    private const double Level = 6;

    /// <summary>Corner points of each way, from the edge of one box to the edge of the other; at least one.</summary>
    /// <param name="line">Connection without corners of its own.</param>
    /// <param name="offset">How far from the middle of the side it leaves.</param>
    /// <param name="stub">How far it runs before it may turn, so that its caption has room.</param>
    /// <param name="drawing">For ways around everything.</param>
    public static IEnumerable<(double X, double Y)[]> Of(FlowLine line, double offset, double stub, FlowDrawing drawing) =>
        FlowExit.SideOf(line) switch
        {
            FlowSide.Right => Rightwards(line, offset, stub, drawing),
            FlowSide.Bottom => Upright(line.From.MiddleX + offset, line.From.Bottom, line.To, line.To.Y, drawing).Concat(Around(line, offset, drawing)),
            FlowSide.Top => Upright(line.From.MiddleX + offset, line.From.Y, line.To, line.To.Bottom, drawing).Concat(Around(line, offset, drawing)),
            _ => Around(line, offset, drawing),
        };

    private static IEnumerable<(double X, double Y)[]> Rightwards(FlowLine line, double offset, double stub, FlowDrawing drawing)
    {
        var (from, to) = (line.From, line.To);
        var y = from.MiddleY + offset;
        if (Math.Abs(y - to.MiddleY) < Level)
        {
            yield return [(from.Right, y), (to.X, y)];
        }

        for (var lane = 0; lane <= Lanes; lane++)
        {
            foreach (var x in new[] { to.X - Near - (lane * FlowSpacing.Lane), from.Right + stub + 2 + (lane * FlowSpacing.Lane) })
            {
                if (x > from.Right + 4 && x < to.X - 8)
                {
                    yield return [(from.Right, y), (x, y), (x, to.MiddleY), (to.X, to.MiddleY)];
                }
            }
        }

        // Over or under what stands between, into the target from its left.
        var between = drawing.Boxes.Where(box => box.X < to.X && box.Right > from.Right && box != from && box != to).ToList();
        var first = between.Select(box => box.X).Where(x => x > from.Right).Append(to.X).Min();
        var left = Math.Min(from.Right + stub + 2, from.Right + Math.Max(4, (first - from.Right) / 2));
        var right = to.X - Math.Min(Near, (to.X - from.Right) / 2);
        foreach (var level in between.SelectMany(box => new[] { box.Y - FlowSpacing.Lane, box.Bottom + FlowSpacing.Lane }).Distinct())
        {
            yield return [(from.Right, y), (left, y), (left, level), (right, level), (right, to.MiddleY), (to.X, to.MiddleY)];
        }

        yield return [(from.Right, y), (right, y), (right, to.MiddleY), (to.X, to.MiddleY)];
    }

    private static IEnumerable<(double X, double Y)[]> Upright(double x, double leave, FlowBox to, double enter, FlowDrawing drawing)
    {
        if (Math.Abs(x - to.MiddleX) < Level)
        {
            yield return [(x, leave), (x, enter)];
        }

        foreach (var part in new[] { 0.5, 0.75, 0.25 })
        {
            var level = leave + ((enter - leave) * part);
            yield return [(x, leave), (x, level), (to.MiddleX, level), (to.MiddleX, enter)];
        }

        // Past what stands between, on its left or right.
        var between = drawing.Boxes.Where(box => box.Y < Math.Max(leave, enter) && box.Bottom > Math.Min(leave, enter)).ToList();
        var step = Math.Sign(enter - leave) * Math.Min(FlowSpacing.Lane, Math.Abs(enter - leave) / 3);
        foreach (var side in between.SelectMany(box => new[] { box.X - FlowSpacing.Lane, box.Right + FlowSpacing.Lane }).Distinct())
        {
            yield return
            [
                (x, leave), (x, leave + step), (side, leave + step), (side, enter - step), (to.MiddleX, enter - step), (to.MiddleX, enter),
            ];
        }
    }

    private static IEnumerable<(double X, double Y)[]> Around(FlowLine line, double offset, FlowDrawing drawing)
    {
        var (from, to) = (line.From, line.To);
        var (x, last) = (from.MiddleX + offset, to.MiddleX);
        var between = drawing.Boxes.Where(box => box.X < Math.Max(x, last) + 4 && box.Right > Math.Min(x, last) - 4).ToList();
        var levels = new List<double> { Math.Max(from.Bottom, to.Bottom) + Clearance, between.Max(box => box.Bottom) + Clearance };
        foreach (var level in levels.SelectMany(level => Enumerable.Range(0, Lanes).Select(lane => level + (lane * FlowSpacing.Lane))))
        {
            yield return [(x, from.Bottom), (x, level), (last, level), (last, to.Bottom)];
        }

        levels = [Math.Min(from.Y, to.Y) - Clearance, between.Min(box => box.Y) - Clearance];
        foreach (var level in levels.SelectMany(level => Enumerable.Range(0, Lanes).Select(lane => level - (lane * FlowSpacing.Lane))))
        {
            yield return [(x, from.Y), (x, level), (last, level), (last, to.Y)];
        }
    }
}
