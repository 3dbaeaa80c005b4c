using Approvals.Documents.Fonts;
using Approvals.Documents.Graphics;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;
using static Approvals.Documents.Units;

namespace Approvals.Documents.Templates;

/// <summary>工作证, 85.6 × 54 mm (ISO/IEC 7810 ID-1): page one the front, page two the back. All strings are final.</summary>
public sealed record WorkIdCardModel : IDocumentModel
{
    /// <summary>Title, e.g. 抢险救援现场技术指挥官工作证.</summary>
    public required string Title { get; init; }

    /// <summary>Issuing authority.</summary>
    public required string Authority { get; init; }

    /// <summary>Holder's name.</summary>
    public required string Name { get; init; }

    /// <summary>Specialty (专业类别).</summary>
    public required string Specialty { get; init; }

    /// <summary>Card number.</summary>
    public required string Number { get; init; }

    /// <summary>Validity, e.g. 2026年11月22日至2031年11月21日.</summary>
    public required string Validity { get; init; }

    /// <summary>Lines on the back, e.g. that the card is to be shown on duty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Photo (JPEG or PNG), or null for an empty frame.</summary>
    public byte[]? Photo { get; init; }

    /// <summary>Check number and address.</summary>
    public required VerificationMark Verification { get; init; }

    /// <summary>When it was issued; becomes the file's creation date.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <inheritdoc />
    public PagedDocument Compose(FontLibrary fonts) => WorkIdCard.Compose(this, fonts);
}

/// <summary>Lays out <see cref="WorkIdCardModel"/>.</summary>
public static class WorkIdCard
{
    /// <summary>Width in points.</summary>
    public static readonly float Width = Mm(85.6);

    /// <summary>Height in points.</summary>
    public static readonly float Height = Mm(54);

    private static readonly TextStyle Label = new(FontRole.Label, 7) { Color = Rgb.SmallPrint };
    private static readonly TextStyle Value = new(FontRole.Heading, 10);

    /// <summary>Front and back as two pages of card size.</summary>
    public static PagedDocument Compose(WorkIdCardModel model, FontLibrary fonts)
    {
        var info = new DocumentInfo($"{model.Title} {model.Number}", model.Authority, model.Created);
        var builder = new DocumentBuilder(fonts, info);
        return builder
            .Page(Width, Height, canvas => DrawFront(canvas, builder.Typesetter, model, 0, 0))
            .Page(Width, Height, canvas => DrawBack(canvas, builder.Typesetter, model, 0, 0))
            .Build();
    }

    /// <summary>Draws the front with its upper left corner at (x, y).</summary>
    internal static void DrawFront(PageCanvas canvas, Typesetter typesetter, WorkIdCardModel model, float x, float y)
    {
        canvas.Fill(x, y, Width, Mm(13.5), Rgb.OfficialRed);
        var room = Width - Mm(8);
        var authority = new TextStyle(FontRole.Label, 7.5f) { Color = Rgb.White };
        var title = new TextStyle(FontRole.Heading, 11.5f) { Color = Rgb.White };
        canvas.Text(
            typesetter, model.Authority, typesetter.Fit(model.Authority, authority, room), x + Mm(4), y + Mm(1.8), room, Mm(4),
            Alignment.Center);
        canvas.Text(
            typesetter, model.Title, typesetter.Fit(model.Title, title, room), x + Mm(4), y + Mm(6.3), room, Mm(5.4),
            Alignment.Center);

        CertificateLayout.DrawPhoto(canvas, typesetter, model.Photo, x + Mm(5), y + Mm(17.5), Mm(22), Mm(30.8));
        Field(canvas, typesetter, "姓名", model.Name, Value with { Size = 14 }, x + Mm(31), y + Mm(18));
        Field(canvas, typesetter, "专业", model.Specialty, Value, x + Mm(31), y + Mm(28.6));
        Field(canvas, typesetter, "编号", model.Number, Value, x + Mm(31), y + Mm(39.2));
        canvas.Fill(x, y + Height - Mm(1.6), Width, Mm(1.6), Rgb.OfficialRed);
    }

    /// <summary>Draws the back with its upper left corner at (x, y).</summary>
    internal static void DrawBack(PageCanvas canvas, Typesetter typesetter, WorkIdCardModel model, float x, float y)
    {
        var side = Mm(29);
        QrMark.Draw(canvas, model.Verification.Url, x + Mm(3), y + Mm(6), side);
        canvas.Text(typesetter, "扫码核验", Label, x + Mm(3), y + Mm(35), side, Mm(3.5), Alignment.Center);
        var number = typesetter.Fit(model.Verification.Number, Label, side);
        canvas.Text(typesetter, model.Verification.Number, number, x + Mm(3), y + Mm(38.5), side, Mm(3.5), Alignment.Center);

        var left = x + Mm(35);
        var room = Width - Mm(35) - Mm(4.5);
        canvas.FitBlocks(typesetter, scale => BackText(typesetter, model, room, scale), left, y + Mm(7), room, Mm(36));
        var text = new TextStyle(FontRole.Body, 7);
        canvas.Line(x + Mm(5), y + Mm(45), x + Width - Mm(5), y + Mm(45), 0.5f, Rgb.OfficialRed);
        var issuer = "发证机关：" + model.Authority;
        canvas.Text(
            typesetter, issuer, typesetter.Fit(issuer, text, Width - Mm(10)), x + Mm(5), y + Mm(46.3), Width - Mm(10), Mm(4.5),
            Alignment.Center);
    }

    private static List<Block> BackText(Typesetter typesetter, WorkIdCardModel model, float room, float scale)
    {
        var validity = new TextStyle(FontRole.Heading, 8);
        var blocks = new List<Block>
        {
            new Paragraph("有效期", Label) { LinePitch = 10 },
            new Paragraph(model.Validity, typesetter.Fit(model.Validity, validity, room))
            {
                LinePitch = 12,
                Alignment = Alignment.Left,
            },
            new Space(6 * scale),
        };
        foreach (var note in model.Notes)
        {
            blocks.Add(new Paragraph(note, new TextStyle(FontRole.Body, 7 * scale)) { LinePitch = 10.5f * scale });
            blocks.Add(new Space(1.5f * scale));
        }

        return blocks;
    }

    private static void Field(
        PageCanvas canvas, Typesetter typesetter, string label, string value, TextStyle style, float x, float y)
    {
        var room = Width - Mm(31) - Mm(5);
        canvas.Text(typesetter, label, Label, x, y, room, Mm(3));
        canvas.Text(typesetter, value, typesetter.Fit(value, style, room), x, y + Mm(3.2), room, Mm(5.4));
    }
}
