using Approvals.Documents.Fonts;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;
using static Approvals.Documents.Units;

namespace Approvals.Documents.Templates;

/// <summary>
/// The pages of a payout packet (拨付批次): cover, payee table, approvals, basis documents. Sections are added one after another, the
/// table page by page, so that a job over thousands of payees can say how far it is. All strings are final.
/// </summary>
/// <param name="fonts">The fonts.</param>
/// <param name="info">What the file says about itself.</param>
/// <param name="caption">Printed at the foot of each page at the left, e.g. the packet's number.</param>
public sealed class PacketDocument(FontLibrary fonts, DocumentInfo info, string caption)
{
    /// <summary>Lines on a page of the payee table.</summary>
    public const int LinesPerPage = 24;

    internal static readonly TextStyle Title = new(FontRole.Title, 20);
    internal static readonly TextStyle Label = new(FontRole.Heading, 10);
    internal static readonly TextStyle Text = new(FontRole.Body, 10);
    internal static readonly TextStyle Small = new(FontRole.Body, TypeSize.SmallNo5) { Color = Rgb.SmallPrint };

    // Names of payees may hold characters no font has; the table is no certificate, so they are set as 〓 and the workbook has them.
    private readonly DocumentBuilder builder = new(fonts, info, replaceMissing: true);

    /// <summary>Adds the cover.</summary>
    public PacketDocument AddCover(PacketCover cover)
    {
        builder.Pages(
            PageSetup.Form, flow => PacketCoverLayout.Compose(flow, cover, builder.Typesetter), (canvas, page) => Foot(canvas, page, "封面"));
        return this;
    }

    /// <summary>Adds one page of the payee table.</summary>
    /// <param name="title">Title of the table.</param>
    /// <param name="rows">At most <see cref="LinesPerPage"/> rows.</param>
    /// <param name="sums">Rows below, e.g. 本页小计, 合计: label and amount.</param>
    /// <param name="page">Number of this page of the table.</param>
    /// <param name="pages">How many pages the table has.</param>
    public PacketDocument AddLines(
        string title, IReadOnlyList<PacketRow> rows, IReadOnlyList<(string Label, string Amount)> sums, int page, int pages)
    {
        builder.Pages(
            PageSetup.Form,
            flow => PacketTableLayout.Compose(flow, title, rows, sums),
            (canvas, place) => Foot(canvas, new PagePlace(place.Setup, page, pages), "明细表"));
        return this;
    }

    /// <summary>Adds the approvals: who signed what, with picture, time and hash.</summary>
    public PacketDocument AddApprovals(string title, IReadOnlyList<PacketApproval> approvals)
    {
        builder.Pages(
            PageSetup.Form, flow => PacketApprovalLayout.Compose(flow, title, approvals), (canvas, page) => Foot(canvas, page, "审批页"));
        return this;
    }

    /// <summary>Adds the list of basis documents.</summary>
    public PacketDocument AddBasis(string title, IReadOnlyList<PacketBasis> files)
    {
        builder.Pages(
            PageSetup.Form, flow => PacketBasisLayout.Compose(flow, title, files), (canvas, page) => Foot(canvas, page, "依据清单"));
        return this;
    }

    /// <summary>Adds a basis document that is a picture, on a page of its own.</summary>
    /// <param name="heading">What it is.</param>
    /// <param name="picture">PNG, JPEG or WebP.</param>
    public PacketDocument AddPicture(string heading, byte[] picture)
    {
        var setup = PageSetup.Form;
        builder.Pages(
            setup,
            flow => flow.Text(heading, Label, Alignment.Left)
                .Add(new PictureBlock(picture, setup.BodyWidth, setup.BodyHeight - Mm(12))),
            (canvas, page) => Foot(canvas, page, "依据"));
        return this;
    }

    /// <summary>The document.</summary>
    public PagedDocument Build() => builder.Build();

    private void Foot(PageCanvas canvas, PagePlace page, string section)
    {
        var top = page.Setup.Height - page.Setup.Bottom + Mm(5);
        canvas.Text(builder.Typesetter, caption, Small, page.Setup.Left, top, page.Setup.BodyWidth, 12);
        canvas.Text(
            builder.Typesetter, $"{section}第 {page.Number} 页　共 {page.Count} 页", Small, page.Setup.Left, top, page.Setup.BodyWidth, 12,
            Alignment.Right);
    }
}
