using Approvals.Documents.Fonts;
using Approvals.Documents.Graphics;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;
using static Approvals.Documents.Units;

namespace Approvals.Documents.Templates;

/// <summary>
/// A letter (函, 通知书) to one person or body, in the letter layout of GB/T 9704-2012, 10.1. All strings are final.
/// </summary>
public sealed record DecisionLetterModel : IDocumentModel
{
    /// <summary>Red letterhead: the authority's full name, without 文件.</summary>
    public required string Letterhead { get; init; }

    /// <summary>Issuing authority as it signs.</summary>
    public required string Authority { get; init; }

    /// <summary>Document number, e.g. 江应急函〔2026〕7号.</summary>
    public required string Number { get; init; }

    /// <summary>Title, e.g. 培训考核不合格通知书.</summary>
    public required string Title { get; init; }

    /// <summary>Addressee without colon.</summary>
    public required string Addressee { get; init; }

    /// <summary>Paragraphs; 一、 and （一） are set as headings.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>Date of issue in Chinese.</summary>
    public required string Date { get; init; }

    /// <summary>Seal over authority and date, or null.</summary>
    public Seal? Seal { get; init; }

    /// <summary>Check number and address, or null.</summary>
    public VerificationMark? Verification { get; init; }

    /// <summary>When it was issued; becomes the file's creation date.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <inheritdoc />
    public PagedDocument Compose(FontLibrary fonts) => DecisionLetter.Compose(this, fonts);
}

/// <summary>Lays out <see cref="DecisionLetterModel"/>.</summary>
public static class DecisionLetter
{
    private static readonly float RuleWidth = Mm(170);

    /// <summary>The letter as pages.</summary>
    public static PagedDocument Compose(DecisionLetterModel model, FontLibrary fonts)
    {
        var builder = new DocumentBuilder(fonts, new DocumentInfo(
            OfficialText.Normalize(model.Title).Replace("\n", "", StringComparison.Ordinal), model.Authority, model.Created));
        var typesetter = builder.Typesetter;
        return builder.Pages(
            PageSetup.Official,
            flow =>
            {
                flow.Add(Letterhead(typesetter, model.Letterhead, model.Number));
                flow.Space(2 * OfficialLayout.Pitch);
                OfficialLayout.AddTitle(flow, model.Title);
                flow.Space(OfficialLayout.Pitch).Add(OfficialLayout.Flush(model.Addressee + "："));
                for (var i = 0; i < model.Paragraphs.Count; i++)
                {
                    flow.Add(OfficialLayout.Paragraph(model.Paragraphs[i], keepWithNext: i == model.Paragraphs.Count - 1));
                }

                flow.Add(OfficialLayout.Signature(typesetter, model.Authority, model.Date, model.Seal, model.Verification));
            },
            (canvas, page) =>
            {
                // The first page of a letter has the second red rule, thin over thick, 20 mm from its foot, and no number.
                if (page.Number == 1)
                {
                    DoubleRule(canvas, canvas.Height - Mm(20), thickAbove: false);
                }
                else
                {
                    OfficialLayout.DrawPageNumber(canvas, page, typesetter);
                }
            }).Build();
    }

    // Upper edge of the red name 30 mm from the page's edge, so 7 mm above the text block; double rule 4 mm below it; number
    // at the right, seven eighths of its own height below the rule.
    private static Figure Letterhead(Typesetter typesetter, string name, string number)
    {
        var setup = PageSetup.Official;
        var style = typesetter.Fit(name, new TextStyle(FontRole.Title, 40) { Color = Rgb.OfficialRed }, setup.BodyWidth);
        var nameTop = Mm(30) - setup.Top;
        var rule = nameTop + style.Size + Mm(4);
        var numberTop = rule + TypeSize.No3 * 7 / 8;
        return new Figure(numberTop + TypeSize.No3, (canvas, x, y, width) =>
        {
            canvas.Text(typesetter, name, style, x, y + nameTop, width, style.Size, Alignment.Center);
            DoubleRule(canvas, y + rule, thickAbove: true);
            canvas.Text(
                typesetter, number, OfficialLayout.Body with { Cell = null }, x, y + numberTop, width, TypeSize.No3,
                Alignment.Right);
        });
    }

    private static void DoubleRule(PageCanvas canvas, float y, bool thickAbove)
    {
        const float Thick = 2.2f, Thin = 0.8f, Between = 3.2f;
        var x = (canvas.Width - RuleWidth) / 2;
        canvas.Line(x, y, x + RuleWidth, y, thickAbove ? Thick : Thin, Rgb.OfficialRed);
        canvas.Line(x, y + Between, x + RuleWidth, y + Between, thickAbove ? Thin : Thick, Rgb.OfficialRed);
    }
}
