using System.Globalization;
using Approvals.Core.Calendar;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Payouts.Packets;
using Approvals.Documents.Templates;
using Approvals.Documents.Text;

namespace Approvals.Core.Payouts.Files;

/// <summary>Words of the packet's pages: everything masked, every figure final. Pure.</summary>
public static class PacketPages
{
    /// <summary>The cover.</summary>
    /// <param name="material">The packet.</param>
    /// <param name="authority">Name of the bureau.</param>
    public static PacketCover CoverOf(PacketMaterial material, string authority)
    {
        var packet = material.Packet;
        var numbers = material.Entitlements.SelectMany(group => group).Select(one => one.CaseNumber).Distinct().Order(StringComparer.Ordinal).ToList();
        return new PacketCover
        {
            Authority = authority,
            Title = packet.Kind == PacketKind.Regular ? "款项拨付批次" : "款项拨付更正批次",
            Facts =
            [
                ("批次号", packet.Number), ("项目", packet.ProgrammeName),
                ("所属期间", packet.PeriodFrom == packet.PeriodUntil ? packet.PeriodFrom : $"{packet.PeriodFrom} 至 {packet.PeriodUntil}"),
                ("生成时间", Time(packet.CreatedAt)),
                ("收款人数", Count(packet.LineCount)), ("审批业务", CasesText(numbers)),
            ],
            Total = "￥" + Yuan(packet.Total),
            TotalInCapitals = Capitals(packet.Total),
            Parts = [.. PartsOf(material.Lines)],
            Remarks = [.. RemarksOf(material.Lines)],
            SignHere = ["财务签收", "财务复核"],
            ContentHash = $"内容校验码（SHA-256）：{packet.ContentHash}",
        };
    }

    /// <summary>One page of the payee table with its sums.</summary>
    public static (IReadOnlyList<PacketRow> Rows, IReadOnlyList<(string Label, string Amount)> Sums) TablePageOf(
        PacketMaterial material, int page, int pages)
    {
        var lines = material.Lines.Skip((page - 1) * PacketDocument.LinesPerPage).Take(PacketDocument.LinesPerPage).ToList();
        List<(string, string)> sums = [("本页小计", Yuan(lines.Sum(line => line.Amount)))];
        if (page == pages)
            sums.Add(($"合计：{Capitals(material.Packet.Total)}", Yuan(material.Packet.Total)));
        return ([.. lines.Select(RowOf)], sums);
    }

    /// <summary>How many pages the payee table has.</summary>
    public static int TablePages(PacketMaterial material) =>
        (material.Lines.Count + PacketDocument.LinesPerPage - 1) / PacketDocument.LinesPerPage;

    /// <summary>A signature as printed.</summary>
    public static PacketApproval ApprovalOf(string caseNumber, Decision decision, byte[]? picture) => new(
        caseNumber, decision.StepName, decision.SignatureLine,
        decision.Kind switch
        {
            DecisionKind.Submit => "提交",
            DecisionKind.Approve => "同意",
            DecisionKind.Reject => "不同意",
            DecisionKind.Return => "退回",
            _ => "弃权",
        },
        decision.Opinion ?? "", Time(decision.At), $"{decision.HashAlgorithm} {decision.ShownHash}", picture);

    /// <summary>An amount in capitals; a negative one says so first, as no form of the People's Bank has one.</summary>
    public static string Capitals(decimal amount) => amount < 0 ? "（应收回）" + RmbCapital.Format(-amount) : RmbCapital.Format(amount);

    /// <summary>1,234.50.</summary>
    public static string Yuan(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    private static PacketRow RowOf(PacketLine line) => new(
        Count(line.Sequence), line.PayeeName,
        line.PayeeKind == PayeeKind.Person ? Masking.IdentityNumber(line.IdentityNumber) : line.IdentityNumber,
        line.BankName ?? "", line.AccountLastFour is { } last ? AccountNumber.Masked(last) : "", Yuan(line.Amount),
        LineWords.RemarkOf(line));

    private static IEnumerable<(string, string, string)> PartsOf(IReadOnlyList<PacketLine> lines)
    {
        foreach (var (label, chosen) in new (string, Func<PacketLine, bool>)[]
        {
            ("银行代发", line => line.Amount > 0 && line.BuiltStop is null),
            ("收款账户待登记确认，暂停支付", line => line.BuiltStop == StopReason.AccountMissing),
            ("收款账户变更待核实，暂停支付", line => line.BuiltStop == StopReason.AccountChanged),
            ("冲销后应收回", line => line.BuiltStop == StopReason.Recovery),
            ("冲销后轧抵为零", line => line.Amount == 0),
        })
        {
            var part = lines.Where(chosen).ToList();
            if (part.Count > 0)
                yield return (label, Count(part.Count), Yuan(part.Sum(line => line.Amount)));
        }
    }

    private static IEnumerable<string> RemarksOf(IReadOnlyList<PacketLine> lines)
    {
        if (lines.Any(line => line.BuiltStop is StopReason.AccountMissing or StopReason.AccountChanged))
            yield return "暂停支付的明细不在银行代发文件中，账户确认后列入更正批次。";
        if (lines.Any(line => line.BuiltStop == StopReason.Recovery))
            yield return "应收回的明细为冲销多于应付的差额，收回后由财务登记。";
    }

    private static string CasesText(List<string> numbers) =>
        numbers.Count <= 2 ? string.Join("、", numbers) : $"{numbers[0]} 等 {Count(numbers.Count)} 件";

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => ChinaTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
