using Approvals.Documents.Fonts;
using Approvals.Documents.Graphics;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Templates;

/// <summary>A list of persons or things in a document.</summary>
/// <param name="Columns">Headings with their relative widths.</param>
/// <param name="Rows">Cells, one for each heading.</param>
public sealed record ListTable(IReadOnlyList<(string Heading, float Width)> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>An attachment (附件): on pages of its own after the signature.</summary>
public sealed record NoticeAttachment(string Title, ListTable List);

/// <summary>A public notice (公示) with letterhead, in the layout of GB/T 9704-2012. All strings are final.</summary>
public sealed record PublicNoticeModel : IDocumentModel
{
    /// <summary>Red letterhead (发文机关标志), e.g. 重庆市江津区应急管理局文件.</summary>
    public required string Letterhead { get; init; }

    /// <summary>Issuing authority as it signs (发文机关署名).</summary>
    public required string Authority { get; init; }

    /// <summary>Document number (发文字号), e.g. 江应急〔2026〕18号.</summary>
    public required string Number { get; init; }

    /// <summary>Title; line breaks in it are breaks by sense.</summary>
    public required string Title { get; init; }

    /// <summary>Addressee (主送机关) without colon, or null for the public.</summary>
    public string? Addressee { get; init; }

    /// <summary>Paragraphs before the table; 一、 and （一） are set as headings.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>Persons noticed, or null.</summary>
    public ListTable? Persons { get; init; }

    /// <summary>Paragraphs after the table: contact, telephone, address.</summary>
    public IReadOnlyList<string> Contact { get; init; } = [];

    /// <summary>Attachments; named below the body, each begins a page.</summary>
    public IReadOnlyList<NoticeAttachment> Attachments { get; init; } = [];

    /// <summary>Date of issue in Chinese (成文日期), e.g. 2026年11月22日.</summary>
    public required string Date { get; init; }

    /// <summary>Seal over authority and date, or null.</summary>
    public Seal? Seal { get; init; }

    /// <summary>Check number and address, or null.</summary>
    public VerificationMark? Verification { get; init; }

    /// <summary>When it was issued; becomes the file's creation date.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <inheritdoc />
    public PagedDocument Compose(FontLibrary fonts) => PublicNotice.Compose(this, fonts);
}

/// <summary>Lays out <see cref="PublicNoticeModel"/>.</summary>
public static class PublicNotice
{
    /// <summary>The notice as pages.</summary>
    public static PagedDocument Compose(PublicNoticeModel model, FontLibrary fonts)
    {
        var builder = new DocumentBuilder(fonts, new DocumentInfo(
            OneLine(model.Title), model.Authority, model.Created));
        var typesetter = builder.Typesetter;
        return builder.Pages(
            PageSetup.Official,
            flow =>
            {
                flow.Add(Letterhead(typesetter, model.Letterhead, model.Number));
                flow.Space(2 * OfficialLayout.Pitch);
                OfficialLayout.AddTitle(flow, model.Title);
                flow.Space(OfficialLayout.Pitch);
                if (model.Addressee is { } addressee)
                {
                    flow.Add(OfficialLayout.Flush(addressee + "："));
                }

                var bodyEnds = model.Attachments.Count == 0;
                AddBody(flow, model.Paragraphs, last: bodyEnds && model.Persons is null && model.Contact.Count == 0);
                if (model.Persons is { } persons)
                {
                    flow.Space(OfficialLayout.Pitch / 4).Add(OfficialTable.Create(persons)).Space(OfficialLayout.Pitch / 2);
                }

                AddBody(flow, model.Contact, last: bodyEnds);
                NameAttachments(flow, typesetter, model.Attachments);
                flow.Add(OfficialLayout.Signature(typesetter, model.Authority, model.Date, model.Seal));
                AddAttachments(flow, model.Attachments);
            },
            (canvas, page) =>
            {
                OfficialLayout.DrawPageNumber(canvas, page, typesetter);
                OfficialLayout.DrawVerification(canvas, page, typesetter, model.Verification);
            }).Build();
    }

    private static void AddBody(Flow flow, IReadOnlyList<string> paragraphs, bool last)
    {
        for (var i = 0; i < paragraphs.Count; i++)
        {
            // No page with the seal alone: the body's last lines stay with the signature.
            flow.Add(OfficialLayout.Paragraph(paragraphs[i], keepWithNext: last && i == paragraphs.Count - 1));
        }
    }

    // A line below the body, two characters in; a long name goes on under its own first character (GB/T 9704, 7.3.4).
    private static void NameAttachments(Flow flow, Typesetter typesetter, IReadOnlyList<NoticeAttachment> attachments)
    {
        if (attachments.Count > 0)
        {
            flow.Space(OfficialLayout.Pitch);
        }

        var label = 5 * OfficialLayout.Cell;
        for (var i = 0; i < attachments.Count; i++)
        {
            var number = attachments.Count == 1 ? "" : $"{i + 1}.";
            var numberWidth = typesetter.Width(number, OfficialLayout.Body);
            flow.Add(new Paragraph((i == 0 ? "附件：" : "") + number + OneLine(attachments[i].Title), OfficialLayout.Body)
            {
                LeftIndent = label + numberWidth,
                FirstIndent = -numberWidth - (i == 0 ? 3 * OfficialLayout.Cell : 0),
                LinePitch = OfficialLayout.Pitch,
                KeepWithNext = true,
            });
        }
    }

    // Each on a new page: 附件 in 黑体 on the first line, the title centred on the third (GB/T 9704, 7.3.7).
    private static void AddAttachments(Flow flow, IReadOnlyList<NoticeAttachment> attachments)
    {
        for (var i = 0; i < attachments.Count; i++)
        {
            var heading = OfficialLayout.Body with { Role = FontRole.Heading };
            flow.PageBreak()
                .Text(attachments.Count == 1 ? "附件" : $"附件{i + 1}", heading, pitch: OfficialLayout.Pitch)
                .Space(OfficialLayout.Pitch);
            OfficialLayout.AddTitle(flow, attachments[i].Title);
            flow.Space(OfficialLayout.Pitch / 2).Add(OfficialTable.Create(attachments[i].List));
        }
    }

    private static string OneLine(string title) =>
        OfficialText.Normalize(title).Replace("\n", "", StringComparison.Ordinal);

    // Upper edge of the red name 35 mm below the text block's; number two lines below it; red rule 4 mm below the number.
    private static Figure Letterhead(Typesetter typesetter, string name, string number)
    {
        var style = typesetter.Fit(
            name, new TextStyle(FontRole.Title, 52) { Color = Rgb.OfficialRed }, PageSetup.Official.BodyWidth);
        var numberTop = Units.Mm(35) + style.Size + 2 * OfficialLayout.Pitch;
        var rule = numberTop + (OfficialLayout.Pitch + TypeSize.No3) / 2 + Units.Mm(4);
        return new Figure(rule, (canvas, x, y, width) =>
        {
            canvas.Text(typesetter, name, style, x, y + Units.Mm(35), width, style.Size, Alignment.Center);
            canvas.Text(
                typesetter, number, OfficialLayout.Body with { Cell = null }, x, y + numberTop, width, OfficialLayout.Pitch,
                Alignment.Center);
            canvas.Line(x, y + rule, x + width, y + rule, 1.4f, Rgb.OfficialRed);
        });
    }
}
