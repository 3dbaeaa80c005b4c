using Approvals.Core.Cases;
using Approvals.Core.Insurance;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Insurance;

/// <summary>投保 — purchases with their rosters; people can be taken out until the quotation is submitted.</summary>
[Authorize]
public sealed class PurchasesModel(
    InsuranceAccess access, InsuranceQuery query, CaseList cases, LeaveOut leaving, IStringLocalizer<InsuranceTexts> texts) : PageModel
{
    /// <summary>Why somebody was not taken out, and what was typed.</summary>
    public sealed record Refusal(Guid CaseId, Guid MemberId, string Text, string? Typed);

    /// <summary>Purchases, newest first.</summary>
    public IReadOnlyList<PurchaseLine> Rows { get; private set; } = [];

    /// <summary>Those that the reader may open.</summary>
    public IReadOnlySet<Guid> Readable { get; private set; } = new HashSet<Guid>();

    /// <summary>Why an act was not done; null for none.</summary>
    public Refusal? Problem { get; private set; }

    /// <summary>Whether the reader may take people out.</summary>
    public bool MayRecord => access.MayRecord;

    /// <summary>Shows the list.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await access.MayReadAsync(cancellationToken))
        {
            return Forbid();
        }

        Rows = await query.PurchasesAsync(cancellationToken);
        Readable = await cases.ReadableAmongAsync(Rows.Select(line => line.Case.Id), cancellationToken);
        return Page();
    }

    /// <summary>Takes a person out.</summary>
    public async Task<IActionResult> OnPostLeaveOutAsync(Guid caseId, Guid memberId, string? reason, CancellationToken cancellationToken)
    {
        if (!access.MayRecord)
        {
            return Forbid();
        }

        if (await leaving.LeaveOutAsync(caseId, memberId, reason, cancellationToken) is not { } problem)
        {
            TempData["Notice"] = texts["已移出名单。"].Value;
            return Redirect("/insurance/purchases");
        }

        Problem = new Refusal(caseId, memberId, problem, reason);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await OnGetAsync(cancellationToken);
    }
}
