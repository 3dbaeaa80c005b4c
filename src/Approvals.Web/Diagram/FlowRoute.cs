namespace Approvals.Web.Diagram;

/// <summary>Draws a connection with right angles, as the designer does: forward to the right, down, or back underneath.</summary>
internal static class FlowRoute
{
    private const double Clearance = 28;

    /// <summary>Corner points from the edge of one box to the edge of the other.</summary>
    public static IReadOnlyList<(double X, double Y)> Of(FlowLine line)
    {
        var (from, to) = (line.From, line.To);
        if (line.Corners.Count > 0)
        {
            return [Leave(from, line.Corners[0]), .. line.Corners, Leave(to, line.Corners[^1])];
        }

        if (to.X >= from.Right)
        {
            if (Math.Abs(from.MiddleY - to.MiddleY) < 1)
            {
                return [(from.Right, from.MiddleY), (to.X, to.MiddleY)];
            }

            var middle = to.X - (Math.Min(Clearance, to.X - from.Right) / 2);
            return [(from.Right, from.MiddleY), (middle, from.MiddleY), (middle, to.MiddleY), (to.X, to.MiddleY)];
        }

        if (to.Y >= from.Bottom && Overlaps(from, to))
        {
            var middle = (from.Bottom + to.Y) / 2;
            return Math.Abs(from.MiddleX - to.MiddleX) < 1
                ? [(from.MiddleX, from.Bottom), (to.MiddleX, to.Y)]
                : [(from.MiddleX, from.Bottom), (from.MiddleX, middle), (to.MiddleX, middle), (to.MiddleX, to.Y)];
        }

        if (from.Y >= to.Bottom && Overlaps(from, to))
        {
            return [(from.MiddleX, from.Y), (from.MiddleX, (from.Y + to.Bottom) / 2), (to.MiddleX, (from.Y + to.Bottom) / 2),
                (to.MiddleX, to.Bottom)];
        }

        var under = Math.Max(from.Bottom, to.Bottom) + Clearance;
        return [(from.MiddleX, from.Bottom), (from.MiddleX, under), (to.MiddleX, under), (to.MiddleX, to.Bottom)];
    }

    private static bool Overlaps(FlowBox one, FlowBox other) => one.X < other.Right && other.X < one.Right;

    private static (double X, double Y) Leave(FlowBox box, (double X, double Y) towards) =>
        towards.X >= box.Right ? (box.Right, box.MiddleY)
        : towards.X <= box.X ? (box.X, box.MiddleY)
        : towards.Y >= box.Bottom ? (box.MiddleX, box.Bottom)
        : (box.MiddleX, box.Y);
}
