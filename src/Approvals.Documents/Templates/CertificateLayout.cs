using Approvals.Documents.Fonts;
using Approvals.Documents.Graphics;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;
using static Approvals.Documents.Units;

namespace Approvals.Documents.Templates;

/// <summary>
/// Landscape A4: border, red title, number, photo at the left, statement at the right, code at the lower left, seal over
/// authority and date at the lower right.
/// </summary>
internal static class CertificateLayout
{
    private static readonly TextStyle Statement = new(FontRole.Body, 19);
    private static readonly TextStyle Name = new(FontRole.Title, 21);
    private static readonly TextStyle Detail = new(FontRole.Body, TypeSize.No3);
    private static readonly TextStyle Small = new(FontRole.Body, TypeSize.SmallNo4) { Color = Rgb.SmallPrint };
    private static readonly TextStyle Mark = new(FontRole.Label, TypeSize.SmallNo5) { Color = Rgb.SmallPrint };

    public static PagedDocument Compose(CertificateModel model, FontLibrary fonts, Rgb border)
    {
        var page = PageSetup.Certificate;
        var info = new DocumentInfo($"{model.Title} {model.Number}", model.Authority, model.Created);
        var builder = new DocumentBuilder(fonts, info);
        return builder.Page(page.Width, page.Height, canvas =>
        {
            DrawBorder(canvas, border);
            DrawHead(canvas, builder.Typesetter, model);
            DrawPhoto(canvas, builder.Typesetter, model.Photo, Mm(34), Mm(72), Mm(35), Mm(49));
            DrawBody(canvas, builder.Typesetter, model);
            DrawMark(canvas, builder.Typesetter, model.Verification);
            DrawSignature(canvas, builder.Typesetter, model);
        }).Build();
    }

    /// <summary>A photo in its frame, or the empty frame of a form.</summary>
    public static void DrawPhoto(
        PageCanvas canvas, Typesetter typesetter, byte[]? photo, float x, float y, float width, float height)
    {
        if (photo is null)
        {
            var style = new TextStyle(FontRole.Body, Math.Min(TypeSize.SmallNo4, width / 4)) { Color = Rgb.SmallPrint };
            canvas.Text(typesetter, "照片", style, x, y, width, height, Alignment.Center);
        }
        else
        {
            canvas.Picture(photo, x, y, width, height, fill: true);
        }

        canvas.Frame(x, y, width, height, 0.5f, Rgb.SmallPrint);
    }

    private static void DrawBorder(PageCanvas canvas, Rgb color)
    {
        Frame(8, 3.2f);
        Frame(10.2, 0.7f);
        Frame(14, 0.7f);
        // A square set on its point in each corner, and between the thin frames a bead for every seven millimetres.
        foreach (var (x, y) in new[] { (12.1, 12.1), (284.9, 12.1), (12.1, 197.9), (284.9, 197.9) })
        {
            Diamond(x, y, 1.9);
        }

        for (var i = 1; i < 39; i++)
        {
            Diamond(12.1 + i * 272.8 / 39, 12.1, 0.75);
            Diamond(12.1 + i * 272.8 / 39, 197.9, 0.75);
        }

        for (var i = 1; i < 27; i++)
        {
            Diamond(12.1, 12.1 + i * 185.8 / 27, 0.75);
            Diamond(284.9, 12.1 + i * 185.8 / 27, 0.75);
        }

        void Frame(double inset, float thickness) =>
            canvas.Frame(Mm(inset), Mm(inset), Mm(297 - 2 * inset), Mm(210 - 2 * inset), thickness, color);

        void Diamond(double x, double y, double r) => canvas.Add(new PolygonItem(
            [(Mm(x), Mm(y - r)), (Mm(x + r), Mm(y)), (Mm(x), Mm(y + r)), (Mm(x - r), Mm(y))], color));
    }

    private static void DrawHead(PageCanvas canvas, Typesetter typesetter, CertificateModel model)
    {
        var title = new TextStyle(FontRole.Title, 46)
        {
            Color = Rgb.OfficialRed,
            Spacing = model.Title.Length > 5 ? 8 : 24,
        };
        canvas.Text(typesetter, model.Title, title, 0, Mm(28), canvas.Width, title.Size, Alignment.Center);
        canvas.Text(
            typesetter, "证书编号：" + model.Number, new TextStyle(FontRole.Body, TypeSize.No4), 0, Mm(52), canvas.Width, 20,
            Alignment.Center);
    }

    private static void DrawBody(PageCanvas canvas, Typesetter typesetter, CertificateModel model) =>
        canvas.FitBlocks(typesetter, scale => Body(model, scale), Mm(80), Mm(68), Mm(183), Mm(74));

    private static List<Block> Body(CertificateModel model, float scale)
    {
        var indent = 2 * Statement.Size * scale;
        var blocks = new List<Block>
        {
            new Paragraph(Emphasise(model.Statement, model.Holder, scale)) { FirstIndent = indent, LinePitch = 34 * scale },
        };
        foreach (var line in model.Details.Append(model.Validity).OfType<string>())
        {
            blocks.Add(new Paragraph(line, Scaled(Detail, scale)) { FirstIndent = indent, LinePitch = 26 * scale });
        }

        if (model.Basis is { } basis)
        {
            blocks.Add(new Space(6 * scale));
            blocks.Add(new Paragraph(basis, Scaled(Small, scale)) { FirstIndent = indent, LinePitch = 18 * scale });
        }

        return blocks;
    }

    private static TextSpan[] Emphasise(string statement, string holder, float scale)
    {
        var (plain, name) = (Scaled(Statement, scale), Scaled(Name, scale));
        var at = holder.Length == 0 ? -1 : statement.IndexOf(holder, StringComparison.Ordinal);
        return at < 0
            ? [new(statement, plain)]
            : [new(statement[..at], plain), new(holder, name), new(statement[(at + holder.Length)..], plain)];
    }

    private static TextStyle Scaled(TextStyle style, float scale) => style with { Size = style.Size * scale };

    private static void DrawMark(PageCanvas canvas, Typesetter typesetter, VerificationMark mark)
    {
        var side = Mm(32);
        QrMark.Draw(canvas, mark.Url, Mm(32), Mm(148), side);
        canvas.Blocks(
            typesetter,
            [new Paragraph("扫码核验证书真伪", Mark), new Paragraph("核验编号：" + mark.Number, Mark)],
            Mm(32) + side + Mm(2), Mm(148), Mm(70), side - Mm(3), VerticalAlignment.Bottom);
    }

    private static void DrawSignature(PageCanvas canvas, Typesetter typesetter, CertificateModel model)
    {
        var centre = Mm(212);
        var width = Mm(120);
        canvas.Text(typesetter, model.Authority, Detail, centre - width / 2, Mm(157), width, Mm(9), Alignment.Center);
        canvas.Text(typesetter, model.Date, Detail, centre - width / 2, Mm(167), width, Mm(9), Alignment.Center);
        model.Seal?.Draw(canvas, typesetter.Fonts, centre, Mm(158.5));
    }
}
