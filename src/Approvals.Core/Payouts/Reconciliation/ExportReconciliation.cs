using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Documents.Sheets;

namespace Approvals.Core.Payouts.Reconciliation;

/// <summary>导出对账表 — the figures as a workbook; who exported is audited. Scoped.</summary>
public sealed class ExportReconciliation(UnitOfWork unitOfWork, AuditTrail audit)
{
    private static readonly string[] Amounts = ["已审批", "未入批次", "待付", "已付", "付款失败", "暂停", "已轧抵", "差额"];

    /// <summary>The workbook.</summary>
    public async Task<byte[]> MakeAsync(ReconcileBy by, IReadOnlyList<ReconciliationRow> rows, CancellationToken cancellationToken)
    {
        await unitOfWork.RunAsync(
            _ =>
            {
                audit.Record("reconciliation.exported", "payouts", "reconciliation", new { by = by.ToString(), rows = rows.Count });
                return Task.CompletedTask;
            },
            cancellationToken);
        SheetColumn[] columns =
        [
            new(by == ReconcileBy.Period ? "期间" : "证件号码", SheetColumnKind.Text, 22),
            new(by == ReconcileBy.Period ? "项目" : "收款人", SheetColumnKind.Text, 28), new("笔数", SheetColumnKind.Number, 8),
            .. Amounts.Select(one => new SheetColumn(one, SheetColumnKind.Amount, 16)),
        ];
        return Workbook.Write(new Sheet("对账", columns, rows.Select(row => RowOf(row, row.Name)))
        {
            Total = RowOf(ReconciliationRow.Sum(rows), "合计"),
        });
    }

    private static object?[] RowOf(ReconciliationRow row, string name) =>
    [
        row.Key, name, row.Count, row.Approved, row.Waiting, row.Open, row.Paid, row.Failed, row.Stopped, row.Offset, row.Difference,
    ];
}
