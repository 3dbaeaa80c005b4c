using Approvals.Documents.Fonts;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;
using static Approvals.Documents.Units;

namespace Approvals.Documents.Templates;

/// <summary>A line of the payee table, as printed.</summary>
/// <param name="Sequence">序号.</param>
/// <param name="Payee">收款人.</param>
/// <param name="IdentityNumber">Masked.</param>
/// <param name="Bank">开户银行.</param>
/// <param name="Account">Masked.</param>
/// <param name="Amount">金额.</param>
/// <param name="Remark">备注: why it is stopped; empty for nothing.</param>
public sealed record PacketRow(
    string Sequence, string Payee, string IdentityNumber, string Bank, string Account, string Amount, string Remark);

/// <summary>A signature on a case of the packet.</summary>
/// <param name="CaseNumber">业务编号.</param>
/// <param name="Step">环节.</param>
/// <param name="Signer">Signature line.</param>
/// <param name="Decision">What was decided, e.g. 同意.</param>
/// <param name="Opinion">Opinion; empty for none.</param>
/// <param name="At">When.</param>
/// <param name="Hash">Hash of what was signed.</param>
/// <param name="Picture">Signature picture; null when it was signed without.</param>
public sealed record PacketApproval(
    string CaseNumber, string Step, string Signer, string Decision, string Opinion, string At, string Hash, byte[]? Picture);

/// <summary>A basis document of the packet.</summary>
/// <param name="Name">File name.</param>
/// <param name="CaseNumber">业务编号.</param>
/// <param name="Form">How it is enclosed, e.g. 附后 or 内嵌附件.</param>
/// <param name="Sha256">Hash of the file.</param>
public sealed record PacketBasis(string Name, string CaseNumber, string Form, string Sha256);

internal static class PacketTableLayout
{
    private static readonly TextStyle Text = new(FontRole.Body, 9);
    private static readonly TextStyle Figures = new(FontRole.Digits, 9);
    private static readonly TextStyle Label = new(FontRole.Heading, 9);
    private static readonly float RowHeight = Mm(8.2);

    public static void Compose(Flow flow, string title, IReadOnlyList<PacketRow> rows, IReadOnlyList<(string Label, string Amount)> sums) =>
        flow.Text(title, PacketDocument.Title with { Size = 16 }, Alignment.Center)
            .Space(4)
            .Add(new Table([9, 24, 36, 35, 37, 26, 20])
            {
                Header =
                [
                    new Row(
                        [.. new[] { "序号", "收款人", "证件号码", "开户银行", "账号", "金额（元）", "备注" }
                            .Select(text => Cell(text, Label, Alignment.Center))],
                        RowHeight),
                ],
                Rows =
                [
                    .. rows.Select(row => new Row(
                        [
                            Cell(row.Sequence, Figures, Alignment.Center), Cell(row.Payee, Text, Alignment.Left),
                            Cell(row.IdentityNumber, Figures, Alignment.Center), Cell(row.Bank, Text, Alignment.Left),
                            Cell(row.Account, Figures, Alignment.Center), Cell(row.Amount, Figures, Alignment.Right),
                            Cell(row.Remark, Text, Alignment.Left),
                        ],
                        RowHeight)),
                    .. sums.Select(sum => new Row(
                        [
                            Cell(sum.Label, Label, Alignment.Right) with { ColumnSpan = 5 },
                            Cell(sum.Amount, Figures, Alignment.Right), Cell("", Text, Alignment.Left),
                        ],
                        RowHeight)),
                ],
                Rule = 0.5f,
            });

    private static Cell Cell(string text, TextStyle style, Alignment alignment) =>
        new(new Paragraph(text, style) { Alignment = alignment, LinePitch = 10.5f, Smallest = 6 }) { Padding = 2 };
}

internal static class PacketApprovalLayout
{
    private static readonly TextStyle Text = new(FontRole.Body, 9.5f);

    public static void Compose(Flow flow, string title, IReadOnlyList<PacketApproval> approvals) =>
        flow.Text(title, PacketDocument.Title with { Size = 16 }, Alignment.Center)
            .Space(4)
            .Add(new Table([26, 26, 34, 50, 34])
            {
                Header =
                [
                    new Row(
                        [.. new[] { "业务编号", "环节", "签名", "意见与校验码", "时间" }
                            .Select(text => new Cell(new Paragraph(text, PacketDocument.Label) { Alignment = Alignment.Center }))],
                        Mm(8)),
                ],
                Rows = [.. approvals.Select(RowOf)],
                Rule = 0.5f,
            });

    private static Row RowOf(PacketApproval one) => new(
        [
            Centred(one.CaseNumber), Centred(one.Step), Signature(one),
            new Cell(
                new Paragraph(one.Opinion.Length == 0 ? one.Decision : $"{one.Decision}：{one.Opinion}", Text) { LinePitch = 13 },
                new Paragraph(one.Hash, PacketDocument.Small with { Size = 6.5f }) { Alignment = Alignment.Left, LinePitch = 8.5f }),
            Centred(one.At),
        ],
        Mm(15));

    private static Cell Signature(PacketApproval one) => one.Picture is { } picture
        ? new Cell(
            new PictureBlock(picture, Mm(26), Mm(9)),
            new Paragraph(one.Signer, PacketDocument.Small) { Alignment = Alignment.Center, LinePitch = 11, Smallest = 7 })
        : new Cell(new Paragraph(one.Signer, Text with { Role = FontRole.Kai }) { Alignment = Alignment.Center, Smallest = 8 });

    private static Cell Centred(string text) => new(new Paragraph(text, Text) { Alignment = Alignment.Center, LinePitch = 13, Smallest = 7.5f });
}

internal static class PacketBasisLayout
{
    private static readonly TextStyle Text = new(FontRole.Body, 9.5f);

    public static void Compose(Flow flow, string title, IReadOnlyList<PacketBasis> files)
    {
        flow.Text(title, PacketDocument.Title with { Size = 16 }, Alignment.Center).Space(4);
        if (files.Count == 0)
        {
            flow.Text("本批次没有依据文件。", PacketDocument.Text, Alignment.Left);
            return;
        }

        flow.Add(new Table([10, 62, 28, 20, 50])
        {
            Header =
            [
                new Row(
                    [.. new[] { "序号", "文件", "业务编号", "形式", "SHA-256" }
                        .Select(text => new Cell(new Paragraph(text, PacketDocument.Label) { Alignment = Alignment.Center }))],
                    Mm(8)),
            ],
            Rows =
            [
                .. files.Select((file, index) => new Row(
                    [
                        Of((index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), Alignment.Center),
                        Of(file.Name, Alignment.Left), Of(file.CaseNumber, Alignment.Center), Of(file.Form, Alignment.Center),
                        new Cell(new Paragraph(file.Sha256, PacketDocument.Small with { Size = 6.5f })
                        {
                            Alignment = Alignment.Left, LinePitch = 8.5f,
                        }),
                    ],
                    Mm(10))),
            ],
            Rule = 0.5f,
        });
    }

    private static Cell Of(string text, Alignment alignment) =>
        new(new Paragraph(text, Text) { Alignment = alignment, LinePitch = 13, Smallest = 7.5f });
}
