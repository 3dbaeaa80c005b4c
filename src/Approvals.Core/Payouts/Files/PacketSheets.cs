using System.Globalization;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Regulations;
using Approvals.Documents.Sheets;

namespace Approvals.Core.Payouts.Files;

/// <summary>The workbook of a packet: lines with full numbers, and the working of every entitlement. Pure.</summary>
public static class PacketSheets
{
    private static readonly SheetColumn[] LineColumns =
    [
        new("序号", SheetColumnKind.Number, 7), new("明细编号", SheetColumnKind.Text, 22), new("收款人", SheetColumnKind.Text, 18),
        new("类别", SheetColumnKind.Text, 8), new("证件号码", SheetColumnKind.Text, 22), new("户名", SheetColumnKind.Text, 18),
        new("账号", SheetColumnKind.Text, 24), new("开户银行", SheetColumnKind.Text, 28), new("联行号", SheetColumnKind.Text, 16),
        new("金额", SheetColumnKind.Amount, 16), new("用途", SheetColumnKind.Text, 34), new("备注", SheetColumnKind.Text, 22),
    ];

    private static readonly SheetColumn[] WorkingColumns =
    [
        new("序号", SheetColumnKind.Number, 7), new("收款人", SheetColumnKind.Text, 18), new("应付编号", SheetColumnKind.Text, 18),
        new("业务编号", SheetColumnKind.Text, 20), new("期间", SheetColumnKind.Text, 10), new("计算过程", SheetColumnKind.Text, 46),
        new("数量", SheetColumnKind.Text, 10), new("单位", SheetColumnKind.Text, 8), new("标准", SheetColumnKind.Amount, 12),
        new("金额", SheetColumnKind.Amount, 14), new("依据条款", SheetColumnKind.Text, 22),
    ];

    /// <summary>The file.</summary>
    /// <param name="material">The packet.</param>
    /// <param name="accountNumber">Full number of an account by its row.</param>
    public static byte[] Write(PacketMaterial material, Func<PayeeAccount, string> accountNumber) => Workbook.Write(
        new Sheet("明细表", LineColumns, material.Lines.Select(line => LineRow(material, line, accountNumber)))
        {
            Total = [null, "合计", null, null, null, null, null, null, null, material.Packet.Total, null, null],
        },
        new Sheet("计算过程", WorkingColumns, material.Lines.SelectMany(line => WorkingRows(material, line)))
        {
            Total = [null, "合计", null, null, null, null, null, null, null, material.Packet.Total, null],
        });

    private static object?[] LineRow(PacketMaterial material, PacketLine line, Func<PayeeAccount, string> accountNumber) =>
    [
        line.Sequence, PacketNumber.ReferenceOf(material.Packet.Number, line.Sequence), line.PayeeName,
        line.PayeeKind == PayeeKind.Unit ? "单位" : "个人", line.IdentityNumber, line.AccountHolder,
        line.AccountId is { } id ? accountNumber(material.Accounts[id]) : null, line.BankName, line.BankCode, line.Amount,
        line.Purpose, LineWords.RemarkOf(line),
    ];

    private static IEnumerable<object?[]> WorkingRows(PacketMaterial material, PacketLine line) =>
        from entitlement in material.Entitlements[line.RootLineId]
        from working in PayoutJson.WorkingOf(entitlement)
        select new object?[]
        {
            line.Sequence, line.PayeeName, entitlement.Number, entitlement.CaseNumber, entitlement.Period, working.Text,
            working.Quantity?.ToString("0.##", CultureInfo.InvariantCulture), working.Unit, working.Rate, working.Amount,
            working.Article is { } article ? ArticleText.InChinese(article) : null,
        };
}
