using Approvals.Core.Allowances;
using Approvals.Core.Missions;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Allowances;

/// <summary>编报工作补助 — the days of an event, computed line by line before anything is submitted.</summary>
[Authorize(Policy = Policies.Allowances)]
public sealed class NewModel(AllowanceQuery allowances, SubmitAllowance submitting) : PageModel
{
    /// <summary>Event.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The event.</summary>
    public EmergencyEvent Row { get; private set; } = null!;

    /// <summary>What can be claimed.</summary>
    public IReadOnlyList<ClaimableMission> Missions { get; private set; } = [];

    /// <summary>The sheet as it stands.</summary>
    public IReadOnlyList<SheetInput> Sheet { get; private set; } = [];

    /// <summary>The sheet computed.</summary>
    public SheetPreview Preview { get; private set; } = null!;

    /// <summary>Whether the reader may submit.</summary>
    public bool MayClaim => allowances.MayClaim;

    /// <summary>Shows the sheet with everything that is free.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        // What nobody has filled in yet is not wrong: the half that another claim left over asks for its reason when it is sent.
        Sheet = SheetForm.Begin(Missions);
        Preview = (await submitting.PreviewAsync(Row, Sheet, null, cancellationToken)).Unjudged;
        return Page();
    }

    /// <summary>Computes what was typed.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        Sheet = SheetForm.Read(Request.Form);
        Preview = await submitting.PreviewAsync(Row, Sheet, null, cancellationToken);
        return Shown();
    }

    /// <summary>Submits what was typed.</summary>
    public async Task<IActionResult> OnPostSubmitAsync(CancellationToken cancellationToken)
    {
        Sheet = SheetForm.Read(Request.Form);
        switch (await submitting.SubmitAsync(Id, Sheet, cancellationToken))
        {
            case SubmitAllowanceOutcome.Submitted submitted:
                TempData["Notice"] = $"补助申请 {submitted.Number} 已提交处室审核。";
                return Redirect($"/cases/{submitted.CaseId}");
            case SubmitAllowanceOutcome.Invalid invalid:
                if (!await LoadAsync(cancellationToken))
                {
                    return NotFound();
                }

                Preview = invalid.Preview;
                return Shown();
            default:
                return Forbid();
        }
    }

    private PageResult Shown()
    {
        var page = Page();
        page.StatusCode = Preview.Problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await allowances.EventAsync(Id, cancellationToken) is not { } row)
        {
            return false;
        }

        Row = row;
        Missions = await allowances.ClaimableAsync(row, null, cancellationToken);
        return true;
    }
}
