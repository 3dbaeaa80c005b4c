namespace Approvals.Web.Diagram;

/// <summary>Where a line leaves its box.</summary>
internal enum FlowSide
{
    /// <summary>Forward.</summary>
    Right,

    /// <summary>Down to a box below.</summary>
    Bottom,

    /// <summary>Up to a box above.</summary>
    Top,

    /// <summary>Back, around the outside.</summary>
    Around,
}

/// <summary>Gives the lines that leave a box by one side places of their own, so that their captions have, too.</summary>
internal static class FlowExit
{
    private const double Apart = 18;
    private const double Corner = 6;

    /// <summary>The side that lies towards the target.</summary>
    public static FlowSide SideOf(FlowLine line)
    {
        var (from, to) = (line.From, line.To);
        var overlaps = from.X < to.Right && to.X < from.Right;
        return to.X >= from.Right ? FlowSide.Right
            : overlaps && to.Y >= from.Bottom ? FlowSide.Bottom
            : overlaps && from.Y >= to.Bottom ? FlowSide.Top
            : FlowSide.Around;
    }

    /// <summary>
    /// How far from the middle of the side each line leaves. A line that can run straight does; the others leave above or below it in the
    /// order of their targets. Lines of one outcome leave together.
    /// </summary>
    public static Dictionary<FlowLine, double> Offsets(FlowDrawing drawing)
    {
        var offsets = new Dictionary<FlowLine, double>(ReferenceEqualityComparer.Instance);
        foreach (var side in drawing.Lines.Where(line => line.Corners.Count == 0).GroupBy(line => (line.From.Id, Side: SideOf(line))))
        {
            var isRight = side.Key.Side == FlowSide.Right;
            var ports = side.GroupBy(line => line.Port).OrderBy(port => port.Average(line => Across(line, isRight))).ToList();
            var straight = ports.FindIndex(port => port.All(line => Math.Abs(Across(line, isRight)) < 1));
            var box = side.First().From;
            var room = ((isRight ? box.Height : box.Width) / 2) - Corner;
            var middle = straight >= 0 ? straight : (ports.Count - 1) / 2.0;
            var most = Math.Max(middle, ports.Count - 1 - middle);
            var apart = most > 0 ? Math.Min(Apart, room / most) : 0;
            foreach (var (port, index) in ports.Select((port, index) => (port, index)))
            {
                foreach (var line in port)
                {
                    offsets[line] = (index - middle) * apart;
                }
            }
        }

        return offsets;
    }

    private static double Across(FlowLine line, bool isRight) =>
        isRight ? line.To.MiddleY - line.From.MiddleY : line.To.MiddleX - line.From.MiddleX;
}
