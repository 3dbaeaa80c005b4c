namespace Approvals.Web.Diagram;

/// <summary>
/// Makes room for captions: where a line's words do not fit between two boxes, everything from the second box on moves away. The order of
/// the boxes, and which stand below each other, stays as the designer has them.
/// </summary>
internal static class FlowSpacing
{
    /// <summary>Room between the end of a caption and the arrow, and from lane to lane.</summary>
    internal const double Lane = 12;

    private const double Arrow = 16;
    private const double Beside = 10;

    /// <summary>The drawing with gaps that are wide enough.</summary>
    public static FlowDrawing Widened(FlowDrawing drawing)
    {
        foreach (var id in drawing.Boxes.OrderBy(box => box.Right).Select(box => box.Id).ToList())
        {
            drawing = WidenedAt(drawing, id);
        }

        foreach (var id in drawing.Boxes.OrderBy(box => box.Bottom).Select(box => box.Id).ToList())
        {
            drawing = HeightenedAt(drawing, id);
        }

        return drawing;
    }

    /// <summary>Room that the captions of lines leaving a box to the right take before the first of them may turn.</summary>
    public static double StubOf(IEnumerable<FlowLine> rightwards) =>
        rightwards.Select(line => FlowCaption.WidthOf(line.Caption)).DefaultIfEmpty(0).Max() is > 0 and var width ? width + Beside : 0;

    private static FlowDrawing WidenedAt(FlowDrawing drawing, string id)
    {
        var lines = drawing.Lines.Where(line => line.From.Id == id && line.Corners.Count == 0 && FlowExit.SideOf(line) == FlowSide.Right).ToList();
        if (lines.Count == 0)
        {
            return drawing;
        }

        var from = lines[0].From;
        var lanes = lines.Where(line => Math.Abs(line.To.MiddleY - from.MiddleY) >= 1).Select(line => line.To.Id).Distinct().Count();
        var nearest = lines.Min(line => line.To.X);
        var missing = StubOf(lines) + (lanes * Lane) + Arrow - (nearest - from.Right);
        return missing <= 0 ? drawing : drawing.Moved(
            box => box.X >= nearest - 0.5 ? box with { X = box.X + missing } : box,
            corner => corner.X >= nearest - 0.5 ? (corner.X + missing, corner.Y) : corner);
    }

    private static FlowDrawing HeightenedAt(FlowDrawing drawing, string id)
    {
        var lines = drawing.Lines.Where(line => line.From.Id == id && line.Corners.Count == 0 && FlowExit.SideOf(line) == FlowSide.Bottom).ToList();
        if (lines.Count == 0)
        {
            return drawing;
        }

        var nearest = lines.Min(line => line.To.Y);
        var caption = lines.Any(line => line.Caption.Length > 0) ? FlowCaption.Height : 0;
        var missing = caption + Arrow - (nearest - lines[0].From.Bottom);
        return missing <= 0 ? drawing : drawing.Moved(
            box => box.Y >= nearest - 0.5 ? box with { Y = box.Y + missing } : box,
            corner => corner.Y >= nearest - 0.5 ? (corner.X, corner.Y + missing) : corner);
    }
}
