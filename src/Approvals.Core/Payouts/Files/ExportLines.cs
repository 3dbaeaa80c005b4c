using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Payouts.Packets;
using Approvals.Documents.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Files;

/// <summary>导出明细 — the lines a filter leaves, as a workbook with masked numbers; who exported is audited. Scoped.</summary>
public sealed class ExportLines(ApprovalsDbContext db, LineQuery lines, UnitOfWork unitOfWork, AuditTrail audit)
{
    private static readonly SheetColumn[] Columns =
    [
        new("序号", SheetColumnKind.Number, 7), new("收款人", SheetColumnKind.Text, 18), new("证件号码", SheetColumnKind.Text, 22),
        new("开户银行", SheetColumnKind.Text, 28), new("账号", SheetColumnKind.Text, 22), new("金额", SheetColumnKind.Amount, 16),
        new("状态", SheetColumnKind.Text, 12), new("说明", SheetColumnKind.Text, 36), new("银行流水号", SheetColumnKind.Text, 20),
    ];

    /// <summary>The workbook; null when there is no such packet.</summary>
    public async Task<PacketEntry?> MakeAsync(Guid packetId, LineFilter filter, CancellationToken cancellationToken)
    {
        var number = await db.Packets.Where(row => row.Id == packetId).Select(row => row.Number).SingleOrDefaultAsync(cancellationToken);
        if (number is null)
            return null;
        var rows = await lines.PageAsync(packetId, filter, 0, int.MaxValue, cancellationToken);
        await unitOfWork.RunAsync(
            _ =>
            {
                audit.Record("packet.lines-exported", "packet", packetId.ToString(), new { rows = rows.Count });
                return Task.CompletedTask;
            },
            cancellationToken);
        var content = Workbook.Write(new Sheet("明细", Columns, rows.Select(RowOf))
        {
            Total = [null, "合计", null, null, null, rows.Sum(row => row.Amount), null, null, null],
        });
        return new PacketEntry($"{number}-明细（脱敏）.xlsx", PacketFiles.ContentTypeOf(PacketFileKind.Workbook), content, "");
    }

    // A failed line that a corrective packet pays again must not look as if it were still owed.
    private static string StateOf(PacketLine line) =>
        line.ReplacedByLineId is null ? LineWords.Of(line.State) : $"{LineWords.Of(line.State)}（已更正）";

    private static object?[] RowOf(PacketLine line) =>
    [
        line.Sequence, line.PayeeName,
        line.PayeeKind == PayeeKind.Person ? Masking.IdentityNumber(line.IdentityNumber) : line.IdentityNumber, line.BankName,
        line.AccountLastFour is { } last ? AccountNumber.Masked(last) : null, line.Amount, StateOf(line),
        line is { State: LineState.Stopped, StopReason: { } reason } ? LineWords.Of(reason) : line.StateNote, line.BankReference,
    ];
}
