using Approvals.Documents.Fonts;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;
using static Approvals.Documents.Units;

namespace Approvals.Documents.Templates;

/// <summary>The grid of an official paper form, filled in. All strings are final.</summary>
public sealed record FormTableModel : IDocumentModel
{
    /// <summary>Title, e.g. 重庆市抢险救援现场技术指挥官申请表.</summary>
    public required string Title { get; init; }

    /// <summary>Designation above the title at the left, e.g. 表1 or 附件1; or null.</summary>
    public string? Designation { get; init; }

    /// <summary>Line above the grid, left: e.g. 填报单位：….</summary>
    public string? CaptionLeft { get; init; }

    /// <summary>Line above the grid, right: e.g. 填报日期：….</summary>
    public string? CaptionRight { get; init; }

    /// <summary>Relative widths of the columns.</summary>
    public required IReadOnlyList<float> Columns { get; init; }

    /// <summary>Heading rows repeated on every page; empty for forms of one record.</summary>
    public IReadOnlyList<FormRow> Header { get; init; } = [];

    /// <summary>Rows.</summary>
    public required IReadOnlyList<FormRow> Rows { get; init; }

    /// <summary>Remarks below the grid (备注, 填表说明).</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether the page lies.</summary>
    public bool Landscape { get; init; }

    /// <summary>Body the form belongs to; becomes the file's author.</summary>
    public required string Authority { get; init; }

    /// <summary>Check number and address, or null.</summary>
    public VerificationMark? Verification { get; init; }

    /// <summary>When it was made; becomes the file's creation date.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <inheritdoc />
    public PagedDocument Compose(FontLibrary fonts) => FormTable.Compose(this, fonts);
}

/// <summary>A row of a form; places covered by a cell from above are left out.</summary>
/// <param name="Cells">Cells from left to right.</param>
/// <param name="HeightMm">Least height in millimetres.</param>
public sealed record FormRow(IReadOnlyList<FormCell> Cells, double HeightMm = 10);

/// <summary>A signature on a form: the written name as a picture, or the typed name.</summary>
/// <param name="Name">Who signed.</param>
/// <param name="Date">When, in Chinese.</param>
/// <param name="Image">Signature picture (PNG or JPEG), or null.</param>
public sealed record FormSignature(string Name, string Date, byte[]? Image = null);

/// <summary>What somebody wrote and signed.</summary>
/// <param name="Text">Opinion; its lines are paragraphs.</param>
/// <param name="Signature">By whom and when.</param>
public sealed record FormOpinion(string Text, FormSignature Signature);

/// <summary>A cell of a form.</summary>
public abstract record FormCell(int ColumnSpan, int RowSpan)
{
    /// <summary>A printed caption.</summary>
    public sealed record Label(string Text, int ColumnSpan = 1, int RowSpan = 1) : FormCell(ColumnSpan, RowSpan);

    /// <summary>A short answer, centred.</summary>
    public sealed record Value(string Text, int ColumnSpan = 1, int RowSpan = 1) : FormCell(ColumnSpan, RowSpan);

    /// <summary>A long answer from the upper left, over pages if need be, with small print under it.</summary>
    public sealed record LongText(string Text, int ColumnSpan = 1, int RowSpan = 1, string? Note = null)
        : FormCell(ColumnSpan, RowSpan);

    /// <summary>The photo; <paramref name="Placeholder"/> stands where there is none.</summary>
    public sealed record Photo(byte[]? Image, string Placeholder, int ColumnSpan = 1, int RowSpan = 1)
        : FormCell(ColumnSpan, RowSpan);

    /// <summary>Opinions, each with its signature and date below it at the right; none leaves room for one.</summary>
    public sealed record Opinions(IReadOnlyList<FormOpinion> Given, int ColumnSpan = 1, int RowSpan = 1) : FormCell(ColumnSpan, RowSpan);
}

/// <summary>Lays out <see cref="FormTableModel"/>.</summary>
public static class FormTable
{
    private static readonly TextStyle Title = new(FontRole.Title, 20);
    private static readonly TextStyle Label = new(FontRole.Heading, 11);
    private static readonly TextStyle Text = new(FontRole.Body, 11);
    private static readonly TextStyle Small = new(FontRole.Body, TypeSize.SmallNo5) { Color = Rgb.SmallPrint };
    private static readonly float Pitch = 17;

    /// <summary>The form as pages.</summary>
    public static PagedDocument Compose(FormTableModel model, FontLibrary fonts)
    {
        var info = new DocumentInfo(model.Title, model.Authority, model.Created);
        var builder = new DocumentBuilder(fonts, info, replaceMissing: true);
        var typesetter = builder.Typesetter;
        var setup = model.Landscape
            ? PageSetup.Millimetres(297, 210, 20, 20, 20, 20)
            : PageSetup.Form;
        return builder.Pages(
            setup,
            flow =>
            {
                if (model.Designation is { } designation)
                {
                    flow.Text(designation, Label with { Size = TypeSize.No4 }, Alignment.Left);
                }

                foreach (var line in OfficialText.Normalize(model.Title).Split('\n'))
                {
                    flow.Text(line, typesetter.Fit(line, Title, setup.BodyWidth), Alignment.Center);
                }

                flow.Space(6);
                if (model.CaptionLeft is not null || model.CaptionRight is not null)
                {
                    flow.Figure(Mm(7), (canvas, x, y, width) =>
                    {
                        canvas.Text(typesetter, model.CaptionLeft ?? "", Text, x, y, width, Mm(6));
                        canvas.Text(typesetter, model.CaptionRight ?? "", Text, x, y, width, Mm(6), Alignment.Right);
                    });
                }

                flow.Add(new Table(model.Columns) { Header = Rows(model.Header), Rows = Rows(model.Rows), Rule = 0.7f });
                flow.Space(5);
                foreach (var remark in model.Remarks)
                {
                    flow.Add(new Paragraph(remark, Small) { LinePitch = 14 });
                }
            },
            (canvas, page) => DrawFoot(canvas, page, typesetter, model.Verification)).Build();

        Row[] Rows(IReadOnlyList<FormRow> rows) =>
            [.. rows.Select(row => new Row([.. row.Cells.Select(cell => Lay(cell, typesetter))], Mm(row.HeightMm)))];
    }

    private static Cell Lay(FormCell cell, Typesetter typesetter)
    {
        var laid = cell switch
        {
            FormCell.Label label => new Cell(Centred(label.Text, Label)),
            FormCell.Value value => new Cell(Centred(value.Text, Text)),
            FormCell.LongText text => new Cell(LongText(text)) { Align = VerticalAlignment.Top, Padding = 5 },
            FormCell.Photo photo => new Cell(Photo(photo)) { Padding = 2 },
            FormCell.Opinions opinions => new Cell(Opinions(opinions.Given, typesetter)) { Align = VerticalAlignment.Bottom, Padding = 5 },
            _ => throw new NotSupportedException(cell.GetType().Name),
        };
        return laid with { ColumnSpan = cell.ColumnSpan, RowSpan = cell.RowSpan };
    }

    private static Paragraph Centred(string text, TextStyle style) =>
        new(text, style) { Alignment = Alignment.Center, LinePitch = Pitch, Smallest = 8.5f };

    private static Block[] LongText(FormCell.LongText cell)
    {
        var paragraphs = Paragraphs(cell.Text);
        return cell.Note is { } note
            ? [.. paragraphs, new Paragraph(note, Small) { LinePitch = 13 }]
            : [.. paragraphs];
    }

    private static IEnumerable<Block> Paragraphs(string text) => OfficialText.Normalize(text).Split('\n')
        .Select(line => new Paragraph(line, Text) { LinePitch = Pitch, FirstIndent = 2 * Text.Size });

    private static Block Photo(FormCell.Photo cell) =>
        cell.Image is { } image
            ? new PictureBlock(image, Mm(25), Mm(35), fill: true)
            : Centred(cell.Placeholder, Text with { Color = Rgb.SmallPrint });

    /// <summary>Each opinion directly above its own signature, so that nobody has to guess who wrote which.</summary>
    private static Block[] Opinions(IReadOnlyList<FormOpinion> opinions, Typesetter typesetter) => opinions.Count == 0
        ? [Signature(null, typesetter)]
        : [.. opinions.SelectMany(opinion => Paragraphs(opinion.Text).Append(Signature(opinion.Signature, typesetter)))];

    private static Figure Signature(FormSignature? signature, Typesetter typesetter) => new(Mm(11), (canvas, x, y, width) =>
    {
        if (signature is null)
            canvas.Text(typesetter, "签名：　　　　　　　　　　年　　月　　日", Text, x, y, width - 4, Mm(11), Alignment.Right);
        else
            DrawSignature(canvas, typesetter, signature, x, y, width - 4, Mm(11));
    });

    private static void DrawSignature(
        PageCanvas canvas, Typesetter typesetter, FormSignature signature, float x, float y, float width, float height)
    {
        var right = x + width;
        var date = Math.Max(Mm(32), typesetter.Width(signature.Date, Text));
        canvas.Text(typesetter, signature.Date, Text, right - date, y, date, height, Alignment.Right);
        var name = Math.Max(Mm(26), typesetter.Width(signature.Name, Text));
        var nameX = right - date - Mm(3) - name;
        if (signature.Image is { } image)
        {
            canvas.Picture(image, nameX, y + 1, name, height - 2);
        }
        else
        {
            canvas.Text(typesetter, signature.Name, Text with { Role = FontRole.Kai }, nameX, y, name, height, Alignment.Center);
        }

        var label = typesetter.Width("签名：", Text);
        canvas.Text(typesetter, "签名：", Text, nameX - label, y, label, height);
    }

    private static void DrawFoot(PageCanvas canvas, PagePlace page, Typesetter typesetter, VerificationMark? mark)
    {
        var setup = page.Setup;
        var top = setup.Height - setup.Bottom + Mm(6);
        if (page.Count > 1)
        {
            canvas.Text(
                typesetter, $"第 {page.Number} 页　共 {page.Count} 页", Small, setup.Left, top, setup.BodyWidth, 12, Alignment.Center);
        }

        if (mark is not null && page.IsLast)
        {
            var side = Mm(18);
            var y = setup.Height - Mm(19.5);
            Graphics.QrMark.Draw(canvas, mark.Url, setup.Width - setup.Right - side, y, side);
            canvas.Text(
                typesetter, "核验编号：" + mark.Number, Small, setup.Left, top, setup.BodyWidth - side - Mm(2), 12, Alignment.Right);
        }
    }
}
