using Approvals.Core.Payouts.Packets;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Reconciliation;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Finance;

/// <summary>对账 — approved against paid, per period and programme or per payee.</summary>
[Authorize(Policy = Policies.Finance)]
public sealed class ReconciliationModel(ReconciliationQuery reconciliation, ExportReconciliation export) : PageModel
{
    /// <summary>What is grouped by.</summary>
    [BindProperty(SupportsGet = true)]
    public ReconcileBy By { get; set; }

    /// <summary>Only this programme.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Programme { get; set; }

    /// <summary>First period.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    /// <summary>Last period.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Until { get; set; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<ReconciliationRow> Rows { get; private set; } = [];

    /// <summary>Their sum.</summary>
    public ReconciliationRow Total { get; private set; } = ReconciliationRow.Sum([]);

    /// <summary>Programmes to filter by.</summary>
    public IReadOnlyList<(string Code, string Name)> Programmes { get; private set; } = [];

    /// <summary>Shows the figures.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Programmes = await reconciliation.ProgrammesAsync(cancellationToken);
        Rows = await reconciliation.RowsAsync(By, Programme, From?.Trim(), Until?.Trim(), cancellationToken);
        Total = ReconciliationRow.Sum(Rows);
    }

    /// <summary>The figures as a workbook; who exported is audited.</summary>
    public async Task<IActionResult> OnPostExportAsync(CancellationToken cancellationToken)
    {
        await OnGetAsync(cancellationToken);
        return File(
            await export.MakeAsync(By, Rows, cancellationToken), PacketFiles.ContentTypeOf(PacketFileKind.Workbook), "对账.xlsx");
    }
}
