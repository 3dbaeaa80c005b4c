using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Core.Insurance;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Insurance.Claims;

/// <summary>A claim with its documents; the insurance officer records what the insurer decided and paid.</summary>
[Authorize]
public sealed class ClaimModel(
    InsuranceAccess access, CaseAccess cases, ClaimQuery claims, RecordClaim recording, ChangeClaim changing, IStringLocalizer<InsuranceTexts> texts) : PageModel
{
    /// <summary>Claim.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The claim with all that belongs to it.</summary>
    public ClaimDetails Details { get; private set; } = null!;

    /// <summary>The step as typed; null for none.</summary>
    public ClaimStep? Step { get; private set; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<FieldError> Errors { get; private set; } = [];

    /// <summary>Whether the reader may open the case of the mission.</summary>
    public bool MayReadMission { get; private set; }

    /// <summary>Whether the reader may record.</summary>
    public bool MayRecord => access.MayRecord;

    /// <summary>What the insurer can do next, with its heading.</summary>
    public IEnumerable<(InsuranceClaimState Next, string Title)> NextSteps => new (InsuranceClaimState Next, string Title)[]
    {
        (InsuranceClaimState.Decided, texts["登记核定"].Value), (InsuranceClaimState.Refused, texts["登记拒赔"].Value),
        (InsuranceClaimState.Paid, texts["登记赔付"].Value),
    }.Where(one => new ClaimStep(one.Next, null, null, null).Follows(Details.Row.Claim.State));

    /// <summary>What is wrong with a field; null for nothing.</summary>
    public string? ErrorOf(string field) => Errors.FirstOrDefault(error => error.Path == field)?.Message;

    /// <summary>Shows the claim.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await claims.FindAsync(Id, cancellationToken) is not { } details)
        {
            return NotFound();
        }

        Details = details;
        MayReadMission = details.Mission is { } mission && await cases.CanReadAsync(mission.Mission.CaseId, cancellationToken);
        return Page();
    }

    /// <summary>Records what the insurer did.</summary>
    public async Task<IActionResult> OnPostStepAsync(
        InsuranceClaimState next, string? on, string? sum, string? text, CancellationToken cancellationToken)
    {
        Step = new ClaimStep(next, on, sum, text);
        switch (await changing.ChangeAsync(Id, Step, cancellationToken))
        {
            case ClaimOutcome.Done:
                TempData["Notice"] = texts["已登记。"].Value;
                return Redirect($"/insurance/claims/{Id}");
            case ClaimOutcome.Invalid invalid:
                return await AgainAsync(invalid.Errors, cancellationToken);
            default:
                return Forbid();
        }
    }

    /// <summary>Adds documents.</summary>
    public async Task<IActionResult> OnPostFilesAsync(CancellationToken cancellationToken)
    {
        if (!access.MayRecord)
        {
            return Forbid();
        }

        var (documents, problem) = ClaimUploads.Judge(Request.Form.Files);
        problem ??= documents.Count == 0 ? texts["请先选择文件。"].Value : await recording.AddAsync(Id, documents, cancellationToken);
        if (problem is not null)
        {
            return await AgainAsync([new FieldError("files", "理赔材料", problem)], cancellationToken);
        }

        TempData["Notice"] = texts["材料已上传。"].Value;
        return Redirect($"/insurance/claims/{Id}");
    }

    private async Task<IActionResult> AgainAsync(IReadOnlyList<FieldError> errors, CancellationToken cancellationToken)
    {
        Errors = errors;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await OnGetAsync(cancellationToken);
    }
}
