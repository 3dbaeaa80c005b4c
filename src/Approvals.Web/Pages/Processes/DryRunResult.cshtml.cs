using Approvals.Core.Data;
using Approvals.Core.DryRuns;
using Approvals.Web.Diagram;
using Approvals.Web.Localisation;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Processes;

/// <summary>试运行结果 — how far it is, and then what happened.</summary>
[Authorize(Policy = Policies.ProcessOwnership)]
public sealed class DryRunResultModel(DryRunShelf shelf, ApprovalsDbContext db, Wording wording) : PageModel
{
    /// <summary>The ticket.</summary>
    public DryRunTicket Ticket { get; private set; } = null!;

    /// <summary>The result; null while it plays.</summary>
    public DryRunReport? Report { get; private set; }

    /// <summary>The way it took as SVG.</summary>
    public string Diagram { get; private set; } = "";

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(string definitionId, Guid runId, CancellationToken cancellationToken)
    {
        if (await shelf.FindAsync(runId, cancellationToken) is not { } ticket || ticket.Process != definitionId)
            return NotFound();
        Ticket = ticket;
        if (ticket.State != DryRunState.Done)
        {
            // Asked for again by the browser itself, also where scripts are off.
            if (ticket.State != DryRunState.Broken)
                Response.Headers["Refresh"] = "2";
            return Page();
        }

        Report = await shelf.ReportAsync(runId, cancellationToken);
        var json = await db.Definitions.AsNoTracking().Where(row => row.Id == ticket.VersionId).Select(row => row.Json)
            .FirstOrDefaultAsync(cancellationToken);

        // A draft that was saved since is drawn only if it still is what was tried.
        if (json is not null && await IsTriedAsync(ticket.VersionId, cancellationToken))
            Diagram = FlowDiagram.Draw(json, States(Report), wording.Diagram);
        return Page();
    }

    private Task<bool> IsTriedAsync(string versionId, CancellationToken cancellationToken) =>
        db.Definitions.AnyAsync(row => row.Id == versionId && row.Hash == Report!.Hash, cancellationToken);

    private static IReadOnlyDictionary<string, FlowStepState> States(DryRunReport report) => FlowStates.Of(
        report.Marks.Where(mark => mark.Event is not ("Waiting" or "Faulted")).Select(mark => (mark.NodeId, mark.Event)),
        report.Marks.Where(mark => mark.Event == "Waiting").Select(mark => mark.NodeId),
        report.Marks.Where(mark => mark.Event == "Faulted").Select(mark => mark.NodeId));
}
