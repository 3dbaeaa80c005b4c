using Approvals.Core.Notices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Objections;

/// <summary>异议处理 — every objection, for handlers and auditors.</summary>
[Authorize]
public sealed class IndexModel(NoticeQuery notices) : PageModel
{
    /// <summary>Objections, open ones first.</summary>
    public IReadOnlyList<ObjectionLine> Rows { get; private set; } = [];

    /// <summary>Shows the list.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!notices.MayList)
        {
            return Forbid();
        }

        Rows = await notices.ObjectionsAsync(cancellationToken);
        return Page();
    }
}
