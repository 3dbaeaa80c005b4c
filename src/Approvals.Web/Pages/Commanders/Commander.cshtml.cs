using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Commanders;

/// <summary>A commander: term, certificates, insurance. The register keeper may void a certificate here.</summary>
[Authorize]
public sealed class CommanderModel(
    CommanderQuery commanders, VoidCertificate voiding, CaseAccess cases, CurrentPerson person, ApprovalsDbContext db, FileStore files, TimeProvider time)
    : PageModel
{
    /// <summary>The commander.</summary>
    public CommanderDetails Details { get; private set; } = null!;

    /// <summary>Whether the signed-in person may void certificates.</summary>
    public bool MayVoid => person.Is(Roles.RegisterKeeper);

    /// <summary>Whether the signed-in person may open the case of the appointment.</summary>
    public bool MayReadCase { get; private set; }

    /// <summary>Problem of voiding, and for which certificate.</summary>
    public (Guid Certificate, string Text)? Problem { get; private set; }

    /// <summary>Reason as typed.</summary>
    public string? Reason { get; private set; }

    /// <summary>Today in China.</summary>
    public DateOnly Today => time.Today();

    /// <summary>Shows the commander.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) is { } refusal ? refusal : Page();

    /// <summary>The photo.</summary>
    public async Task<IActionResult> OnGetPhotoAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var file = Details.Commander.PhotoFileId is { } photo
            ? await db.Files.AsNoTracking().FirstOrDefaultAsync(row => row.Id == photo, cancellationToken) : null;
        if (file is null)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, no-store";
        return File(await files.OpenAsync(file, cancellationToken), file.ContentType);
    }

    /// <summary>Voids a certificate.</summary>
    public async Task<IActionResult> OnPostVoidAsync(Guid id, Guid certificate, string? reason, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (Details.Certificates.All(row => row.Id != certificate))
        {
            return NotFound();
        }

        switch (await voiding.VoidAsync(certificate, reason, cancellationToken))
        {
            case VoidOutcome.Voided:
                TempData["Notice"] = "证书已作废，公众查验页即时显示。";
                return Redirect($"/commanders/{id}");
            case VoidOutcome.VoidedWithWorkId:
                TempData["Notice"] = "聘任证书和工作证已作废，公众查验页即时显示。";
                return Redirect($"/commanders/{id}");
            case VoidOutcome.NotAllowed:
                return Forbid();
            case VoidOutcome.ReasonNeeded:
                (Problem, Reason) = ((certificate, "请填写作废原因（不超过 200 字），将在公众查验页显示"), reason);
                break;
            default:
                Problem = (certificate, "证书此前已经作废");
                break;
        }

        var page = Page();
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await commanders.MayReadAsync(cancellationToken))
        {
            return Forbid();
        }

        if (await commanders.FindAsync(id, cancellationToken) is not { } details)
        {
            return NotFound();
        }

        Details = details;
        MayReadCase = await cases.CanReadAsync(details.Commander.CaseId, cancellationToken);
        return null;
    }
}
