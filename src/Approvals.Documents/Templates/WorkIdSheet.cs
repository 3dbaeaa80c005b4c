using Approvals.Documents.Fonts;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;
using static Approvals.Documents.Units;

namespace Approvals.Documents.Templates;

/// <summary>
/// Work ID cards eight to an A4 sheet with cut marks; after each sheet of fronts the sheet of backs, its columns mirrored so
/// that a printer that turns over the long edge puts every back behind its front.
/// </summary>
public sealed record WorkIdSheetModel(IReadOnlyList<WorkIdCardModel> Cards, string Authority, DateTimeOffset Created)
    : IDocumentModel
{
    /// <inheritdoc />
    public PagedDocument Compose(FontLibrary fonts) => WorkIdSheet.Compose(this, fonts);
}

/// <summary>Lays out <see cref="WorkIdSheetModel"/>.</summary>
public static class WorkIdSheet
{
    private const int Columns = 2;
    private const int RowsOnSheet = 4;
    private static readonly float Gap = Mm(6);
    private static readonly float Left = (Mm(210) - Columns * WorkIdCard.Width - Gap) / 2;
    private static readonly float Top = (Mm(297) - RowsOnSheet * WorkIdCard.Height - (RowsOnSheet - 1) * Gap) / 2;

    /// <summary>The sheets, fronts and backs in turn.</summary>
    public static PagedDocument Compose(WorkIdSheetModel model, FontLibrary fonts)
    {
        var builder = new DocumentBuilder(fonts, new DocumentInfo("工作证排版页", model.Authority, model.Created));
        var typesetter = builder.Typesetter;
        foreach (var cards in model.Cards.Chunk(Columns * RowsOnSheet))
        {
            builder.Page(Mm(210), Mm(297), canvas => Draw(canvas, typesetter, cards, WorkIdCard.DrawFront, mirrored: false));
            builder.Page(Mm(210), Mm(297), canvas => Draw(canvas, typesetter, cards, WorkIdCard.DrawBack, mirrored: true));
        }

        return builder.Build();
    }

    private static void Draw(
        PageCanvas canvas, Typesetter typesetter, WorkIdCardModel[] cards,
        Action<PageCanvas, Typesetter, WorkIdCardModel, float, float> side, bool mirrored)
    {
        for (var i = 0; i < cards.Length; i++)
        {
            var column = mirrored ? Columns - 1 - i % Columns : i % Columns;
            var x = Left + column * (WorkIdCard.Width + Gap);
            var y = Top + i / Columns * (WorkIdCard.Height + Gap);
            side(canvas, typesetter, cards[i], x, y);
            CutMarks(canvas, x, y);
        }
    }

    private static void CutMarks(PageCanvas canvas, float x, float y)
    {
        var (near, far) = (Mm(0.6), Mm(2.6));
        foreach (var (cx, dx) in new[] { (x, -1), (x + WorkIdCard.Width, 1) })
        {
            foreach (var (cy, dy) in new[] { (y, -1), (y + WorkIdCard.Height, 1) })
            {
                canvas.Line(cx + dx * near, cy, cx + dx * far, cy, 0.3f);
                canvas.Line(cx, cy + dy * near, cx, cy + dy * far, 0.3f);
            }
        }
    }
}
