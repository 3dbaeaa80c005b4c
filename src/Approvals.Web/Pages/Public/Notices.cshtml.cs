using Approvals.Core.Notices;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Approvals.Web.Pages.Public;

/// <summary>公示栏 — notices in force, and below them those that are over. For anyone.</summary>
[AllowAnonymous]
[EnableRateLimiting(RequestLimits.PublicPolicy)]
public sealed class NoticesModel(NoticeQuery notices) : PageModel
{
    /// <summary>Where the archive begins.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    /// <summary>Notices in force.</summary>
    public IReadOnlyList<NoticeLine> InForce { get; private set; } = [];

    /// <summary>A page of the archive.</summary>
    public IReadOnlyList<NoticeLine> Archive { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last one.</summary>
    public Guid? Next => Archive.Count == NoticeQuery.ArchivePage ? Archive[^1].Id : null;

    /// <summary>Shows the lists.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        InForce = After is null ? await notices.InForceAsync(cancellationToken) : [];
        Archive = await notices.ArchiveAsync(After, cancellationToken);
    }
}
