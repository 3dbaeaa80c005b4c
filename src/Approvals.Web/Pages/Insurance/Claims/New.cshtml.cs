using Approvals.Core.Forms;
using Approvals.Core.Insurance;
using Approvals.Core.Missions;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Insurance.Claims;

/// <summary>登记理赔 — a claim against one policy.</summary>
[Authorize]
public sealed class NewModel(
    InsuranceAccess access, InsuranceQuery query, ClaimQuery claims, RecordClaim recording, IStringLocalizer<InsuranceTexts> texts) : PageModel
{
    /// <summary>Policy.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Policy { get; set; }

    /// <summary>Policy with whom it insures.</summary>
    public PolicyLine Line { get; private set; } = null!;

    /// <summary>Missions that can be named.</summary>
    public IReadOnlyList<(Mission Mission, string Event)> Missions { get; private set; } = [];

    /// <summary>As typed.</summary>
    public ClaimInput Input { get; private set; } = new(null, null, null, null);

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<FieldError> Errors { get; private set; } = [];

    /// <summary>What is wrong with a field; null for nothing.</summary>
    public string? ErrorOf(string field) => Errors.FirstOrDefault(error => error.Path == field)?.Message;

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        !access.MayRecord ? Forbid() : await LoadAsync(cancellationToken) ? Page() : NotFound();

    /// <summary>Records the claim.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? accidentOn, string? missionId, string? injury, string? claimedSum, CancellationToken cancellationToken)
    {
        if (!access.MayRecord)
        {
            return Forbid();
        }

        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        Input = new ClaimInput(accidentOn, missionId, injury, claimedSum);
        var (documents, problem) = ClaimUploads.Judge(Request.Form.Files);
        var outcome = problem is null ? await recording.RecordAsync(Policy, Input, documents, cancellationToken) : null;
        if (outcome is ClaimOutcome.Done done)
        {
            TempData["Notice"] = texts["理赔 {0} 已登记。", done.Number].Value;
            return Redirect($"/insurance/claims/{done.ClaimId}");
        }

        if (outcome is ClaimOutcome.NotAllowed)
        {
            return Forbid();
        }

        Errors = outcome is ClaimOutcome.Invalid invalid ? invalid.Errors : [new FieldError("files", "理赔材料", problem!)];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await query.PolicyAsync(Policy, cancellationToken) is not { } line)
        {
            return false;
        }

        Line = line;
        Missions = await claims.MissionsAsync(line.Policy.CommanderId, cancellationToken);
        return true;
    }
}
