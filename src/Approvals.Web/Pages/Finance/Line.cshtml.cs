using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Web.Files;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Finance;

/// <summary>A line: what it pays and how that came about, its documents, what became of it. Every look at the account is audited.</summary>
[Authorize(Policy = Policies.Finance)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class LineModel(
    LineQuery lines, RevealAccount reveal, OffsetLines offset, PacketMaterials materials, FileStore files, ApprovalsDbContext db,
    CurrentPerson person, IStringLocalizer<FinanceTexts> texts) : PageModel
{
    /// <summary>Line.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Everything about it.</summary>
    public LineDetails Details { get; private set; } = null!;

    /// <summary>The full account number, once it was asked for.</summary>
    public string? Number { get; private set; }

    /// <summary>What a recovery can be settled against.</summary>
    public IReadOnlyList<PacketLine> Partners { get; private set; } = [];

    /// <summary>Why an act was not done.</summary>
    public string? Problem { get; private set; }

    /// <summary>Shows the line.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    /// <summary>Opens a basis document of the line; of no other.</summary>
    public async Task<IActionResult> OnGetBasisAsync(Guid document, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        var holder = Details.Entitlements.Select(one => PayoutJson.BasisOf(one).FirstOrDefault(each => each.Id == document))
            .FirstOrDefault(one => one is not null);
        if (holder is null || await materials.FindAsync(holder, cancellationToken) is not { } found)
            return NotFound();
        var stored = await db.Files.AsNoTracking().SingleAsync(row => row.Id == found.FileId, cancellationToken);
        var answer = await FileAnswers.SendAsync(HttpContext, files, stored, found.Name, cancellationToken);
        await answer.ExecuteAsync(HttpContext);
        return new EmptyResult();
    }

    /// <summary>Shows the full account number, once.</summary>
    public async Task<IActionResult> OnPostRevealAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken) || Details.Line.AccountId is not { } account)
            return NotFound();
        Number = await reveal.RevealAsync(account, "packet-line", cancellationToken);
        return Page();
    }

    /// <summary>Settles a recovery against what is still owed.</summary>
    public async Task<IActionResult> OnPostOffsetAsync(CancellationToken cancellationToken)
    {
        switch (await offset.OffsetAsync(Id, person.RequiredId, cancellationToken))
        {
            case MarkOutcome.Refused refused:
                Problem = refused.Problems[0].Message;
                break;
            default:
                TempData["Notice"] = texts["已轧抵。"].Value;
                return Redirect($"/finance/lines/{Id}");
        }

        if (!await LoadAsync(cancellationToken))
            return NotFound();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await lines.FindAsync(Id, cancellationToken) is not { } details)
            return false;
        Details = details;
        if (details.Line is { State: LineState.Stopped, StopReason: StopReason.Recovery })
            Partners = await offset.PartnersAsync(details.Line, cancellationToken);
        return true;
    }
}
