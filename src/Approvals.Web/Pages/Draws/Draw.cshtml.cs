using System.Text;
using Approvals.Core.Cases;
using Approvals.Core.Draws;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Draws;

/// <summary>A draw: who could be drawn and why others could not, the numbers behind it, the result, and its replay.</summary>
[Authorize]
public sealed class DrawModel(DrawQuery draws, RecordRefusal refusals, CaseAccess access, IStringLocalizer<DrawTexts> texts) : PageModel
{
    /// <summary>The draw.</summary>
    public DrawDetails Details { get; private set; } = null!;

    /// <summary>Whether the signed-in person may record refusals.</summary>
    public bool MayRecord { get; private set; }

    /// <summary>What keeps a refusal from being recorded, and for whom.</summary>
    public (string Candidate, string Text)? Problem { get; private set; }

    /// <summary>Reason as typed.</summary>
    public string? Reason { get; private set; }

    /// <summary>Shows the draw.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ?? Page();

    /// <summary>The record as it was hashed, for whoever wants to replay it elsewhere.</summary>
    public async Task<IActionResult> OnGetRecordAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return Details.Record is { } record
            ? File(Encoding.UTF8.GetBytes(record.Sheet), "application/json", $"{record.Number}.json")
            : NotFound();
    }

    /// <summary>Records that somebody drawn does not take part.</summary>
    public async Task<IActionResult> OnPostRefusalAsync(Guid id, string candidate, string? reason, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        switch (await refusals.RecordAsync(id, candidate, reason, cancellationToken))
        {
            case RefusalOutcome.Recorded:
                TempData["Notice"] = texts["拒绝已登记。"].Value;
                return Redirect($"/draws/{id}");
            case RefusalOutcome.NotAllowed:
                return Forbid();
            case RefusalOutcome.NotFound:
                return NotFound();
            case RefusalOutcome.NoReason:
                (Problem, Reason) = ((candidate, texts["请填写拒绝的原因。"].Value), reason);
                break;
            case RefusalOutcome.Known:
                Problem = (candidate, texts["此人的拒绝此前已经登记。"].Value);
                break;
            default:
                Problem = (candidate, texts["此人不在本次抽取的结果中，或者已经重新抽取。"].Value);
                break;
        }

        var page = Page();
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await draws.FindAsync(id, cancellationToken) is not { } details)
        {
            return NotFound();
        }

        if (!await access.CanReadAsync(details.Request.CaseId, cancellationToken))
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        Details = details;
        MayRecord = details.Record is not null && details.LaterId is null && await refusals.MayAsync(details.Request.CaseId, cancellationToken);
        return null;
    }
}
