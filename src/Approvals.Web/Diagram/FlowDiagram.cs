using System.Globalization;
using System.Net;
using System.Text;
using Approvals.Core.Inbox;

namespace Approvals.Web.Diagram;

/// <summary>One step of a flow in words.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Class">Class of our style sheet for its state.</param>
/// <param name="Words">The state in words.</param>
public sealed record FlowStepLine(string Text, string Class, string Words);

/// <summary>A flow as a page shows it.</summary>
/// <param name="Diagram">The drawing as SVG; empty for none.</param>
/// <param name="Steps">Its steps, for a narrow screen.</param>
public sealed record FlowPanel(string Diagram, IReadOnlyList<FlowStepLine> Steps);

/// <summary>
/// The flow of a case as inline SVG: the designer's boxes and lines with the state of every step. A pure function; colours are
/// classes of our style sheet, and a description in words stands in it for who cannot see it.
/// </summary>
public static class FlowDiagram
{
    private const double LetterWidth = 14;
    private const double LineHeight = 18;

    /// <summary>The designer draws generously; it is made smaller to fit a page as long as the letters are still those of small print.</summary>
    private const double PageWidth = 1190;
    private const double Smallest = 0.75;
    private const double Largest = 0.85;

    private static readonly Dictionary<FlowStepState, (string Class, string Words)> States = new()
    {
        [FlowStepState.NotReached] = ("flow-ahead", "未到"),
        [FlowStepState.Current] = ("flow-current", "办理中"),
        [FlowStepState.Done] = ("flow-done", "已办"),
        [FlowStepState.Withdrawn] = ("flow-withdrawn", "已撤销"),
        [FlowStepState.Faulted] = ("flow-faulted", "故障"),
        [FlowStepState.Unchanged] = ("flow-same", "未变"),
        [FlowStepState.Added] = ("flow-added", "新增"),
        [FlowStepState.Changed] = ("flow-changed", "修改"),
        [FlowStepState.Removed] = ("flow-removed", "删除"),
    };

    /// <summary>Draws a definition with the states of its activities; an activity without a state counts as not reached.</summary>
    /// <param name="definitionJson">Elsa 3 JSON.</param>
    /// <param name="states">Activity id → state.</param>
    /// <param name="language">The reader's words; null for Chinese.</param>
    /// <param name="lines">Source, port and target of connections that were added or removed; null when versions are not compared.</param>
    /// <returns>SVG markup; empty when the definition draws nothing.</returns>
    public static string Draw(
        string definitionJson, IReadOnlyDictionary<string, FlowStepState> states, FlowWords? language = null,
        IReadOnlyDictionary<(string From, string Port, string To), FlowStepState>? lines = null)
    {
        language ??= FlowWords.Chinese;
        var (drawing, paths, labels, frame) = FlowLayout.Of(definitionJson, language);
        if (drawing.Boxes.Count == 0)
        {
            return "";
        }

        var words = language.Of;
        var scale = Math.Clamp(PageWidth / frame.Width, Smallest, Largest);
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg class=\"flow\" role=\"img\" aria-labelledby=\"flow-title flow-desc\" width=\"{frame.Width * scale:0}\" height=\"{frame.Height * scale:0}\" "))
            .Append(Invariant($"viewBox=\"{frame.X:0.#} {frame.Y:0.#} {frame.Width:0.#} {frame.Height:0.#}\" xmlns=\"http://www.w3.org/2000/svg\">"))
            .Append("<title id=\"flow-title\">").Append(Encoded($"{words("流程图")}：{drawing.Name}")).Append("</title>")
            .Append("<desc id=\"flow-desc\">").Append(Encoded(InWords(drawing, states, words))).Append("</desc>")
            .Append("<defs><marker id=\"flow-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" ")
            .Append("orient=\"auto-start-reverse\"><path class=\"flow-head\" d=\"M0 0 8 4 0 8z\"/></marker></defs>");
        foreach (var path in paths)
        {
            var wasWalked = StateOf(path.Line.From, states) == FlowStepState.Done && StateOf(path.Line.To, states) != FlowStepState.NotReached;
            DrawLine(svg, path, wasWalked ? " flow-walked" : lines is null ? "" : ClassOf(path.Line, lines));
        }

        foreach (var box in drawing.Boxes)
        {
            DrawBox(svg, box, StateOf(box, states), words);
        }

        foreach (var label in labels)
        {
            svg.Append(Invariant($"<text class=\"flow-port\" x=\"{label.Area.X:0.#}\" y=\"{label.Area.Y + FlowCaption.Ascent:0.#}\">"))
                .Append(Encoded(label.Text)).Append("</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The same in a list for a narrow screen: steps that people work on, and whatever the case waits at, from left to right.</summary>
    public static IReadOnlyList<FlowStepLine> Steps(
        string definitionJson, IReadOnlyDictionary<string, FlowStepState> states, FlowWords? language = null)
    {
        language ??= FlowWords.Chinese;
        return
        [
            .. FlowLayout.Of(definitionJson, language).Drawing.Boxes
                .Select(box => (Box: box, State: StateOf(box, states)))
                .Where(one => StepActivity.Types.Contains(one.Box.Type) || one.State is FlowStepState.Current or FlowStepState.Faulted)
                .OrderBy(one => one.Box.X).ThenBy(one => one.Box.Y)
                .Select(one => new FlowStepLine(one.Box.Text, States[one.State].Class, language.Of(States[one.State].Words))),
        ];
    }

    private static string ClassOf(FlowLine line, IReadOnlyDictionary<(string From, string Port, string To), FlowStepState> lines) =>
        lines.GetValueOrDefault((line.From.Id, line.Port ?? "Done", line.To.Id)) switch
        {
            FlowStepState.Added => " flow-line-added",
            FlowStepState.Removed => " flow-line-removed",
            _ => "",
        };

    private static void DrawLine(StringBuilder svg, FlowPath line, string more)
    {
        var path = string.Join(' ', line.Points.Select((point, index) => Invariant($"{(index == 0 ? 'M' : 'L')}{point.X:0.#} {point.Y:0.#}")));
        svg.Append("<path class=\"flow-line").Append(more).Append("\" marker-end=\"url(#flow-arrow)\" d=\"")
            .Append(path).Append("\"/>");
    }

    private static void DrawBox(StringBuilder svg, FlowBox box, FlowStepState state, Func<string, string> words)
    {
        var isEnd = box.Type is "Elsa.Start" or "Elsa.End" or "Elsa.Finish" or "Elsa.Complete";
        var corner = isEnd ? box.Height / 2 : 6;
        svg.Append("<g class=\"flow-step ").Append(States[state].Class).Append("\" data-activity=\"").Append(Encoded(box.Id)).Append("\">")
            .Append("<title>").Append(Encoded($"{box.Text}：{words(States[state].Words)}")).Append("</title>")
            .Append(Invariant($"<rect x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" rx=\"{corner:0.#}\"/>"));
        var lines = Wrapped(box.Text, (int)Math.Max(3, (box.Width - 12) / LetterWidth));
        var first = box.MiddleY + 5 - ((lines.Count - 1) * LineHeight / 2);
        for (var index = 0; index < lines.Count; index++)
        {
            svg.Append(Invariant($"<text x=\"{box.MiddleX:0.#}\" y=\"{first + (index * LineHeight):0.#}\" text-anchor=\"middle\">"))
                .Append(Encoded(lines[index])).Append("</text>");
        }

        svg.Append("</g>");
    }

    // A Latin letter is about half as wide as a Chinese one; two lines fit a box, what does not fit ends with an ellipsis.
    private static List<string> Wrapped(string text, int lettersPerLine)
    {
        var lines = Wrapped(text, lettersPerLine, keepsWords: true);
        lines = lines.Count <= 2 ? lines : Wrapped(text, lettersPerLine, keepsWords: false);
        return lines.Count <= 2 ? lines : [lines[0], lines[1][..^1] + "…"];
    }

    private static List<string> Wrapped(string text, int lettersPerLine, bool keepsWords)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        double width = 0;
        foreach (var letter in text)
        {
            var its = WidthOf(letter);
            if (width + its > lettersPerLine)
            {
                // A Latin word is kept whole where the line has a space to break at; Chinese breaks anywhere.
                var full = line.ToString();
                var space = keepsWords && letter < 0x2E80 && letter != ' ' ? full.LastIndexOf(' ') : -1;
                lines.Add(space > 0 ? full[..space] : full);
                line.Clear().Append(space > 0 ? full[(space + 1)..] : "");
                width = line.ToString().Sum(WidthOf);
            }

            if (line.Length == 0 && letter == ' ')
            {
                continue;
            }

            line.Append(letter);
            width += its;
        }

        lines.Add(line.ToString());
        return lines;
    }

    private static double WidthOf(char letter) => letter < 0x2E80 ? 0.55 : 1;

    private static string InWords(
        FlowDrawing drawing, IReadOnlyDictionary<string, FlowStepState> states, Func<string, string> words) =>
        string.Join("；", drawing.Boxes.Select(box => (box.Text, State: StateOf(box, states)))
            .Where(step => step.State != FlowStepState.NotReached)
            .GroupBy(step => step.State)
            .Select(group => $"{words(States[group.Key].Words)}：{string.Join("、", group.Select(step => step.Text))}")) is { Length: > 0 } said
            ? said
            : words("尚未开始");

    private static FlowStepState StateOf(FlowBox box, IReadOnlyDictionary<string, FlowStepState> states) =>
        states.GetValueOrDefault(box.Id, FlowStepState.NotReached);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
