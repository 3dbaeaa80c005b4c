using Approvals.Documents.Fonts;
using Approvals.Documents.Graphics;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;
using static Approvals.Documents.Units;

namespace Approvals.Documents.Templates;

/// <summary>An order (命令、令) signed by one person, in the layout of GB/T 9704-2012, 10.2 and 7.3.5.3. All strings are final.</summary>
public sealed record CommandOrderModel : IDocumentModel
{
    /// <summary>Red letterhead: who commands, with 令 at its end, e.g. 江州市“11·23”泄漏事故现场指挥部令.</summary>
    public required string Letterhead { get; init; }

    /// <summary>Number of the order, e.g. 江应急令〔2026〕3号.</summary>
    public required string Number { get; init; }

    /// <summary>Title for lists and the file's properties; an order prints none.</summary>
    public required string Title { get; init; }

    /// <summary>Addressee without colon; null for none.</summary>
    public string? Addressee { get; init; }

    /// <summary>Paragraphs; 一、 and （一） are set as headings.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>Office of who signs, e.g. 总指挥.</summary>
    public required string SignerOffice { get; init; }

    /// <summary>Name of who signs; printed where there is no picture.</summary>
    public required string SignerName { get; init; }

    /// <summary>Signature picture (PNG or JPEG); null for none.</summary>
    public byte[]? Signature { get; init; }

    /// <summary>Body that keeps the order, for the file's properties.</summary>
    public required string Authority { get; init; }

    /// <summary>Date in Chinese.</summary>
    public required string Date { get; init; }

    /// <summary>When it was signed; becomes the file's creation date.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <inheritdoc />
    public PagedDocument Compose(FontLibrary fonts) => CommandOrder.Compose(this, fonts);
}

/// <summary>Lays out <see cref="CommandOrderModel"/>.</summary>
public static class CommandOrder
{
    private static readonly TextStyle Plain = OfficialLayout.Body with { Cell = null };

    /// <summary>The order as pages.</summary>
    public static PagedDocument Compose(CommandOrderModel model, FontLibrary fonts)
    {
        var builder = new DocumentBuilder(fonts, new DocumentInfo(OfficialText.Normalize(model.Title), model.Authority, model.Created));
        var typesetter = builder.Typesetter;
        return builder.Pages(
            PageSetup.Official,
            flow =>
            {
                flow.Add(Head(typesetter, model.Letterhead, model.Number)).Space(2 * OfficialLayout.Pitch);
                if (model.Addressee is { } addressee)
                {
                    flow.Add(OfficialLayout.Flush(addressee + "："));
                }

                for (var i = 0; i < model.Paragraphs.Count; i++)
                {
                    // No page with the signature alone: the last lines of the body stay with it.
                    flow.Add(OfficialLayout.Paragraph(model.Paragraphs[i], keepWithNext: i == model.Paragraphs.Count - 1));
                }

                flow.Add(Foot(typesetter, model));
            },
            (canvas, page) => OfficialLayout.DrawPageNumber(canvas, page, typesetter)).Build();
    }

    // Upper edge of the red name 20 mm below the text block's; the number, centred, after two empty lines.
    private static Figure Head(Typesetter typesetter, string name, string number)
    {
        var style = typesetter.Fit(name, new TextStyle(FontRole.Title, 48) { Color = Rgb.OfficialRed }, PageSetup.Official.BodyWidth);
        var numberTop = Mm(20) + style.Size + 2 * OfficialLayout.Pitch;
        return new Figure(numberTop + OfficialLayout.Pitch, (canvas, x, y, width) =>
        {
            canvas.Text(typesetter, name, style, x, y + Mm(20), width, style.Size, Alignment.Center);
            canvas.Text(typesetter, number, Plain, x, y + numberTop, width, OfficialLayout.Pitch, Alignment.Center);
        });
    }

    // Two empty lines, then the signature four characters from the right, the office two characters before it and level with its
    // middle; one more empty line, then the date four characters from the right.
    private static Figure Foot(Typesetter typesetter, CommandOrderModel model)
    {
        var (pictureWidth, pictureHeight) = (Mm(32), Mm(12));
        var top = 2 * OfficialLayout.Pitch;
        var dateTop = top + pictureHeight + OfficialLayout.Pitch;
        return new Figure(dateTop + OfficialLayout.Pitch, (canvas, x, y, width) =>
        {
            var right = x + width - 4 * OfficialLayout.Cell;
            var left = right - pictureWidth;
            if (model.Signature is { } picture)
            {
                canvas.Picture(picture, left, y + top, pictureWidth, pictureHeight);
            }
            else
            {
                canvas.Text(
                    typesetter, model.SignerName, Plain with { Role = FontRole.Kai }, left, y + top, pictureWidth, pictureHeight,
                    Alignment.Center);
            }

            var office = typesetter.Width(model.SignerOffice, Plain);
            canvas.Text(
                typesetter, model.SignerOffice, Plain, left - 2 * OfficialLayout.Cell - office, y + top, office, pictureHeight);
            var date = typesetter.Width(model.Date, OfficialLayout.Body);
            canvas.Text(typesetter, model.Date, OfficialLayout.Body, right - date, y + dateTop, date, OfficialLayout.Pitch);
        });
    }
}
