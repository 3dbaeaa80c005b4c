using Approvals.Core.Notices;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Approvals.Web.Pages.Public;

/// <summary>How an objection stands, by its receipt. For anyone who has the receipt.</summary>
[AllowAnonymous]
[EnableRateLimiting(RequestLimits.PublicPolicy)]
public sealed class ObjectionStatusModel(NoticeQuery notices) : PageModel
{
    /// <summary>Receipt.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Receipt { get; set; }

    /// <summary>Whether it has just been filed.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Filed { get; set; }

    /// <summary>The objection; null when there is none with the receipt.</summary>
    public ObjectionStanding? Standing { get; private set; }

    /// <summary>Looks the receipt up.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Standing = string.IsNullOrWhiteSpace(Receipt) ? null : await notices.ByReceiptAsync(Receipt, cancellationToken);
        var page = Page();
        page.StatusCode = Standing is null && !string.IsNullOrWhiteSpace(Receipt) ? StatusCodes.Status404NotFound : null;
        return page;
    }
}
