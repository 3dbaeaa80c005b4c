using Approvals.Core.Allowances;
using Approvals.Core.Missions;
using Approvals.Core.Payouts;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Allowances;

/// <summary>更正 — takes one commander's entitlement back as a whole and claims the days anew; both are signed together.</summary>
[Authorize(Policy = Policies.Allowances)]
public sealed class CorrectModel(AllowanceQuery allowances, SubmitAllowance submitting) : PageModel
{
    /// <summary>Entitlement.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The entitlement.</summary>
    public Entitlement Entitlement { get; private set; } = null!;

    /// <summary>The mission, its days free of this entitlement.</summary>
    public ClaimableMission Mission { get; private set; } = null!;

    /// <summary>The days as they stand.</summary>
    public SheetInput Input { get; private set; } = null!;

    /// <summary>The correction computed.</summary>
    public SheetPreview Preview { get; private set; } = null!;

    /// <summary>Shows the days as they were granted.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } found)
        {
            return NotFound();
        }

        return await ShownAsync(found.Event, new SheetInput(found.Part.MissionId, found.Part.Marks, found.Part.Note), cancellationToken);
    }

    /// <summary>Computes what was typed.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) is { } found
            ? await ShownAsync(found.Event, Typed(found.Part), cancellationToken) : NotFound();

    /// <summary>Submits the correction.</summary>
    public async Task<IActionResult> OnPostSubmitAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } found)
        {
            return NotFound();
        }

        Input = Typed(found.Part);
        switch (await submitting.CorrectAsync(Id, Input, Reason, cancellationToken))
        {
            case SubmitAllowanceOutcome.Submitted submitted:
                TempData["Notice"] = $"更正申请 {submitted.Number} 已提交处室审核。";
                return Redirect($"/cases/{submitted.CaseId}");
            case SubmitAllowanceOutcome.Invalid invalid:
                Preview = invalid.Preview;
                var page = Page();
                page.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return page;
            default:
                return Forbid();
        }
    }

    private SheetInput Typed(ClaimPart part) =>
        SheetForm.Read(Request.Form).FirstOrDefault(one => one.MissionId == part.MissionId)
        ?? new SheetInput(part.MissionId, new Dictionary<DateOnly, DayMark>(), null);

    private async Task<IActionResult> ShownAsync(EmergencyEvent row, SheetInput input, CancellationToken cancellationToken)
    {
        Input = input;
        Preview = await submitting.PreviewAsync(
            row, [input], new ClaimReversal(Id, Entitlement.Number, Entitlement.Amount, Reason ?? ""), cancellationToken);
        return Page();
    }

    private async Task<(EmergencyEvent Event, ClaimPart Part)?> LoadAsync(CancellationToken cancellationToken)
    {
        if (!allowances.MayClaim || await submitting.FindAsync(Id, cancellationToken) is not { } found
            || await allowances.EventAsync(found.EventId, cancellationToken) is not { } row)
        {
            return null;
        }

        Entitlement = found.Entitlement;
        Mission = (await allowances.ClaimableAsync(row, Id, cancellationToken)).First(one => one.Mission.Id == found.Part.MissionId);
        return (row, found.Part);
    }
}
