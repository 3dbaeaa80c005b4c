using Approvals.Documents.Fonts;
using Approvals.Documents.Graphics;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Templates;

/// <summary>The figures of GB/T 9704-2012 (党政机关公文格式) and the parts all official documents share.</summary>
internal static class OfficialLayout
{
    private const double MarkSideMm = 22;

    /// <summary>22 lines on 225 mm.</summary>
    public static readonly float Pitch = Units.Mm(225.0 / 22);

    /// <summary>28 characters on 156 mm.</summary>
    public static readonly float Cell = Units.Mm(156.0 / 28);

    /// <summary>3号仿宋 on the grid.</summary>
    public static readonly TextStyle Body = new(FontRole.Body, TypeSize.No3) { Cell = Cell };

    /// <summary>2号小标宋.</summary>
    public static readonly TextStyle Title = new(FontRole.Title, TypeSize.No2);

    private static readonly TextStyle Level1 = Body with { Role = FontRole.Heading };
    private static readonly TextStyle Level2 = Body with { Role = FontRole.Kai };
    private static readonly TextStyle SmallPrint = new(FontRole.Label, 8) { Color = Rgb.SmallPrint };
    private static readonly TextStyle PageNumber = new(FontRole.Digits, TypeSize.No4);

    /// <summary>A paragraph; a heading of level one (一、) is 黑体, of level two (（一）) 楷体 up to its first stop.</summary>
    public static Paragraph Paragraph(string text, bool keepWithNext = false)
    {
        var line = OfficialText.Normalize(text).Trim();
        var (heading, rest) = SplitHeading(line);
        IReadOnlyList<TextSpan> spans = heading.Level switch
        {
            1 => [new(heading.Text, Level1), new(rest, Body)],
            2 => [new(heading.Text, Level2), new(rest, Body)],
            _ => [new(line, Body)],
        };
        return new Paragraph(spans)
        {
            FirstIndent = 2 * Cell,
            LinePitch = Pitch,
            // A heading on a line of its own does not stand alone at the foot of a page.
            KeepWithNext = keepWithNext || (heading.Level > 0 && rest.Length == 0),
        };
    }

    /// <summary>A paragraph from the left margin: addressee, or text that goes on.</summary>
    public static Paragraph Flush(string text) => new(text, Body) { LinePitch = Pitch };

    /// <summary>The title, one or more centred lines; a line break in it is a break by sense.</summary>
    public static void AddTitle(Flow flow, string title)
    {
        foreach (var line in BreakBySense(OfficialText.Normalize(title)))
        {
            flow.Add(new Paragraph(line, Title) { Alignment = Alignment.Center, LinePitch = Pitch, KeepWithNext = true });
        }
    }

    /// <summary>
    /// Authority and date with the seal over both, kept in one piece: date four characters from the right, authority centred
    /// above it, both a little below the seal's centre, the seal's top less than a line below the body. A letter has its
    /// check mark at the left of them, because red rules close its lower margin.
    /// </summary>
    public static Figure Signature(
        Typesetter typesetter, string authority, string date, Seal? seal, VerificationMark? mark = null)
    {
        const float LinesAbove = 2;
        var lines = seal is null && mark is null ? LinesAbove + 2 : 5;
        return new Figure(lines * Pitch, (canvas, x, y, width) =>
        {
            var dateWidth = typesetter.Width(date, Body);
            var nameWidth = typesetter.Width(authority, Body);
            var right = x + width - 4 * Cell;
            var centre = right - dateWidth / 2;
            // A name longer than the date's room stands further left, never beyond the text block.
            centre = Math.Min(centre, x + width - Math.Max(nameWidth / 2, 0));
            if (seal is not null)
            {
                centre = Math.Min(centre, x + width - Units.Mm(seal.DiameterMm) / 2);
            }

            var top = y + LinesAbove * Pitch;
            canvas.Text(typesetter, authority, Body, centre - nameWidth / 2, top, nameWidth, Pitch);
            canvas.Text(typesetter, date, Body, centre - dateWidth / 2, top + Pitch, dateWidth, Pitch);
            seal?.Draw(canvas, typesetter.Fonts, centre, top + Pitch / 2 - Units.Mm(3));
            if (mark is not null)
            {
                DrawMark(canvas, typesetter, mark, x, y + lines * Pitch - Units.Mm(MarkSideMm), onLeft: true, Units.Mm(45));
            }
        });
    }

    /// <summary>Page number (4号, — 1 —) 7 mm below the text block: right on odd pages, left on even, one character in.</summary>
    public static void DrawPageNumber(PageCanvas canvas, PagePlace page, Typesetter typesetter)
    {
        var text = $"— {page.Number} —";
        var setup = page.Setup;
        var width = typesetter.Width(text, PageNumber);
        var x = page.IsOdd
            ? setup.Width - setup.Right - TypeSize.No4 - width
            : setup.Left + TypeSize.No4;
        // The dash, which lies at the middle of the type, has its edge 7 mm below the text block.
        var middle = setup.Height - setup.Bottom + Units.Mm(7);
        canvas.Text(typesetter, text, PageNumber, x, middle - TypeSize.No4 / 2, width, TypeSize.No4);
    }

    /// <summary>QR code and check number in the lower margin of the last page, opposite the page number.</summary>
    public static void DrawVerification(PageCanvas canvas, PagePlace page, Typesetter typesetter, VerificationMark? mark)
    {
        if (mark is null || !page.IsLast)
        {
            return;
        }

        var setup = page.Setup;
        var y = setup.Height - setup.Bottom + Units.Mm(7);
        var x = page.IsOdd ? setup.Left : setup.Width - setup.Right - Units.Mm(MarkSideMm);
        DrawMark(canvas, typesetter, mark, x, y, onLeft: page.IsOdd, Units.Mm(70));
    }

    private static void DrawMark(
        PageCanvas canvas, Typesetter typesetter, VerificationMark mark, float x, float y, bool onLeft, float room)
    {
        var side = Units.Mm(MarkSideMm);
        var alignment = onLeft ? Alignment.Left : Alignment.Right;
        QrMark.Draw(canvas, mark.Url, x, y, side);
        canvas.Blocks(
            typesetter,
            [
                new Paragraph("扫码核验文件真伪", SmallPrint) { Alignment = alignment },
                new Paragraph("核验编号：" + mark.Number, SmallPrint) { Alignment = alignment },
            ],
            onLeft ? x + side + Units.Mm(1) : x - Units.Mm(1) - room, y, room, side, VerticalAlignment.Middle);
    }

    private static ((int Level, string Text), string Remainder) SplitHeading(string line)
    {
        var level = HeadingLevel(line);
        if (level == 0)
        {
            return ((0, ""), line);
        }

        var stop = line.IndexOf('。', StringComparison.Ordinal);
        // A numbered sentence that runs on for lines is an item, not a heading.
        var end = stop < 0 ? line.Length : stop + 1;
        return end > 40 ? ((0, ""), line) : ((level, line[..end]), line[end..]);
    }

    private static int HeadingLevel(string line)
    {
        const string Numerals = "一二三四五六七八九十";
        var bracketed = line.StartsWith('（');
        var at = bracketed ? 1 : 0;
        var start = at;
        while (at < line.Length && Numerals.Contains(line[at]))
        {
            at++;
        }

        if (at == start || at >= line.Length)
        {
            return 0;
        }

        return (bracketed, line[at]) switch
        {
            (false, '、') => 1,
            (true, '）') => 2,
            _ => 0,
        };
    }

    /// <summary>
    /// Title lines: given breaks are kept; a longer one is broken into lines of about equal length, after 关于…的, 的 or a
    /// mark where there is one near the middle, so that no word is parted and no single character is left over.
    /// </summary>
    internal static IEnumerable<string> BreakBySense(string title)
    {
        const int Longest = 20;
        foreach (var line in title.Split('\n'))
        {
            var rest = line.Trim();
            while (rest.Length > Longest)
            {
                var parts = (rest.Length + Longest - 1) / Longest;
                var ideal = rest.Length / parts;
                var cut = Enumerable.Range(1, rest.Length - 1)
                    .Where(at => at <= Longest && rest.Length - at <= Longest * (parts - 1))
                    .MinBy(at => Math.Abs(at - ideal) + Penalty(rest, at));
                yield return rest[..cut];
                rest = rest[cut..];
            }

            yield return rest;
        }
    }

    private static int Penalty(string text, int at)
    {
        if ("的了》）」”、，和与".Contains(text[at]) || "《（「“".Contains(text[at - 1]) || char.IsLowSurrogate(text[at]))
        {
            return 100;
        }

        if (char.IsAsciiDigit(text[at - 1]) || "关".Contains(text[at - 1]))
        {
            return 50;
        }

        return "的》）、，".Contains(text[at - 1]) || text[at..].StartsWith("关于", StringComparison.Ordinal)
            || text[at..].StartsWith('《') || text[at..].StartsWith("技术", StringComparison.Ordinal) ? 0 : 6;
    }
}
