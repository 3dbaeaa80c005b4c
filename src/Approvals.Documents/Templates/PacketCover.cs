using Approvals.Documents.Fonts;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;
using static Approvals.Documents.Units;

namespace Approvals.Documents.Templates;

/// <summary>What the cover of a packet says.</summary>
public sealed record PacketCover
{
    /// <summary>Body whose packet it is.</summary>
    public required string Authority { get; init; }

    /// <summary>Title, e.g. 款项拨付批次封面.</summary>
    public required string Title { get; init; }

    /// <summary>Label and value, two pairs on a line.</summary>
    public required IReadOnlyList<(string Label, string Value)> Facts { get; init; }

    /// <summary>Total in figures.</summary>
    public required string Total { get; init; }

    /// <summary>Total in capitals.</summary>
    public required string TotalInCapitals { get; init; }

    /// <summary>How the total is made up: label, count, amount.</summary>
    public required IReadOnlyList<(string Label, string Count, string Amount)> Parts { get; init; }

    /// <summary>What has to be looked at, one sentence each; empty for nothing.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Lines to sign by hand on paper, e.g. 财务签收.</summary>
    public required IReadOnlyList<string> SignHere { get; init; }

    /// <summary>Hash of the frozen content with its algorithm.</summary>
    public required string ContentHash { get; init; }
}

/// <summary>Lays the cover out.</summary>
internal static class PacketCoverLayout
{
    private static readonly TextStyle Figure = new(FontRole.Digits, 20);
    private static readonly TextStyle Capital = new(FontRole.Body, 14);
    private const float Rule = 0.7f;

    public static void Compose(Flow flow, PacketCover cover, Typesetter typesetter)
    {
        var width = PageSetup.Form.BodyWidth;
        flow.Text(cover.Authority, PacketDocument.Label with { Size = 14 }, Alignment.Center)
            .Text(cover.Title, typesetter.Fit(cover.Title, PacketDocument.Title with { Size = 24 }, width), Alignment.Center)
            .Space(10)
            .Add(new Table([18, 32, 18, 32]) { Rows = [.. cover.Facts.Chunk(2).Select(FactRow)], Rule = Rule })
            .Space(10)
            .Add(new Table([18, 82])
            {
                Rows =
                [
                    new Row([Head("合计（小写）"), Wide(cover.Total, Figure)], Mm(14)),
                    new Row([Head("合计（大写）"), Wide(cover.TotalInCapitals, Capital)], Mm(14)),
                ],
                Rule = Rule,
            })
            .Space(10)
            .Add(new Table([46, 18, 36])
            {
                Header = [new Row([Head("其中"), Head("笔数"), Head("金额（元）")], Mm(8))],
                Rows = [.. cover.Parts.Select(part => new Row(
                    [Cell(part.Label, Alignment.Left), Cell(part.Count, Alignment.Right), Cell(part.Amount, Alignment.Right)], Mm(8)))],
                Rule = Rule,
            })
            .Space(8);
        foreach (var remark in cover.Remarks)
            flow.Add(new Paragraph("● " + remark, PacketDocument.Text) { LinePitch = 17 });
        flow.Space(14);
        foreach (var line in cover.SignHere)
        {
            flow.Figure(Mm(12), (canvas, x, y, wide) =>
            {
                canvas.Text(typesetter, line + "：", PacketDocument.Text, x, y, Mm(30), Mm(8));
                canvas.Line(x + Mm(28), y + Mm(8), x + Mm(88), y + Mm(8), 0.5f);
                canvas.Text(typesetter, "日期：", PacketDocument.Text, x + Mm(96), y, Mm(16), Mm(8));
                canvas.Line(x + Mm(110), y + Mm(8), x + wide, y + Mm(8), 0.5f);
            });
        }

        flow.Space(10).Add(new Paragraph(cover.ContentHash, PacketDocument.Small) { Alignment = Alignment.Left, LinePitch = 13 });
    }

    private static Row FactRow((string Label, string Value)[] facts)
    {
        List<Cell> cells = [Head(facts[0].Label), Cell(facts[0].Value, Alignment.Left) with { ColumnSpan = facts.Length == 1 ? 3 : 1 }];
        if (facts.Length > 1)
            cells.AddRange([Head(facts[1].Label), Cell(facts[1].Value, Alignment.Left)]);
        return new Row(cells, Mm(9));
    }

    private static Cell Head(string text) => new(new Paragraph(text, PacketDocument.Label) { Alignment = Alignment.Center, Smallest = 8 });

    private static Cell Cell(string text, Alignment alignment) =>
        new(new Paragraph(text, PacketDocument.Text) { Alignment = alignment, LinePitch = 14, Smallest = 8 }) { Padding = 4 };

    private static Cell Wide(string text, TextStyle style) =>
        new(new Paragraph(text, style) { Alignment = Alignment.Left, LinePitch = style.Size * 1.3f, Smallest = 10 }) { Padding = 6 };
}
