using System.Collections.Concurrent;

namespace Approvals.Web.Diagram;

/// <summary>Where everything of a diagram stands. It does not depend on a case, so it is worked out once per definition and language.</summary>
/// <param name="Drawing">Boxes and lines, with room for captions.</param>
/// <param name="Paths">Lines with their corners.</param>
/// <param name="Labels">Captions with their places.</param>
/// <param name="Frame">What all of it takes.</param>
internal sealed record FlowLayout(FlowDrawing Drawing, IReadOnlyList<FlowPath> Paths, IReadOnlyList<FlowLabel> Labels, FlowArea Frame)
{
    private const double Margin = 16;
    private const int Kept = 64;

    private static readonly ConcurrentDictionary<(string Definition, string Language), FlowLayout> Known = new();

    /// <summary>The layout of a definition (Elsa 3 JSON).</summary>
    public static FlowLayout Of(string definitionJson, FlowWords words)
    {
        if (Known.TryGetValue((definitionJson, words.Language), out var known))
        {
            return known;
        }

        if (Known.Count >= Kept)
        {
            Known.Clear();
        }

        return Known[(definitionJson, words.Language)] = Make(FlowSpacing.Widened(FlowDrawing.Read(definitionJson, words)));
    }

    private static FlowLayout Make(FlowDrawing drawing)
    {
        if (drawing.Boxes.Count == 0)
        {
            return new FlowLayout(drawing, [], [], default);
        }

        var paths = FlowRoute.All(drawing);
        var labels = FlowLabels.Place(drawing, paths);
        var areas = drawing.Boxes.Select(FlowArea.Of).Concat(labels.Select(label => label.Area))
            .Concat(paths.SelectMany(path => path.Points).Select(point => new FlowArea(point.X, point.Y, 0, 0))).ToList();
        var (left, top) = (areas.Min(area => area.X), areas.Min(area => area.Y));
        return new FlowLayout(drawing, paths, labels, new FlowArea(
            left, top, areas.Max(area => area.Right) - left, areas.Max(area => area.Bottom) - top).Grown(Margin));
    }
}
