using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Documents.Sheets;

namespace Approvals.Core.Insurance;

/// <summary>导出保险台账 — the policies of a filter as a workbook, identity numbers masked; who exported is audited. Scoped.</summary>
public sealed class ExportPolicies(InsuranceQuery query, UnitOfWork unitOfWork, AuditTrail audit)
{
    private static readonly SheetColumn[] Columns =
    [
        new("序号", SheetColumnKind.Number, 7), new("被保险人", SheetColumnKind.Text, 14), new("身份证号码", SheetColumnKind.Text, 22),
        new("单位", SheetColumnKind.Text, 28), new("承保机构", SheetColumnKind.Text, 30), new("保险单号", SheetColumnKind.Text, 22),
        new("保险金额", SheetColumnKind.Amount, 16), new("保险起期", SheetColumnKind.Date, 12), new("保险止期", SheetColumnKind.Date, 12),
        new("业务件", SheetColumnKind.Text, 18),
    ];

    /// <summary>The workbook.</summary>
    public async Task<byte[]> MakeAsync(PolicyFilter filter, DateOnly today, int ahead, CancellationToken cancellationToken)
    {
        var rows = await query.PoliciesAsync(filter, today, ahead, 0, int.MaxValue, cancellationToken);
        await unitOfWork.RunAsync(
            _ =>
            {
                audit.Record("insurance.exported", "insurance", filter.ToString(), new { rows = rows.Count });
                return Task.CompletedTask;
            },
            cancellationToken);
        return Workbook.Write(new Sheet("保险台账", Columns, rows.Select((row, index) => (IReadOnlyList<object?>)
        [
            index + 1, row.Commander.Name, Masking.IdentityNumber(row.Commander.IdentityNumber), row.Commander.UnitName, row.Policy.Insurer,
            row.Policy.PolicyNumber, row.Policy.SumInsured, row.Policy.ValidFrom, row.Policy.ValidUntil, row.CaseNumber,
        ])));
    }
}
