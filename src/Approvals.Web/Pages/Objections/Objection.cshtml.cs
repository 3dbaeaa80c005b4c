using Approvals.Core.Notices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Objections;

/// <summary>An objection in full, for those who handle or rule it. The applicant cannot read it.</summary>
[Authorize]
public sealed class ObjectionModel(NoticeQuery notices) : PageModel
{
    /// <summary>The objection.</summary>
    public Objection Objection { get; private set; } = null!;

    /// <summary>Its notice.</summary>
    public PublicNotice Notice { get; private set; } = null!;

    /// <summary>Shows it; not found for everybody else, so that nobody learns that there is one.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await notices.ReadAsync(id, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        (Objection, Notice) = found;
        return Page();
    }
}
