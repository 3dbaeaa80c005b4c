using Approvals.Core.Processes;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Admin.Incidents;

/// <summary>流程故障 — what is broken, where, and the way on.</summary>
[Authorize(Policy = Policies.SystemAdministration)]
public sealed class IndexModel(ResolveIncident incidents, IStringLocalizer<OperationTexts> texts) : PageModel
{
    /// <summary>Open incidents.</summary>
    public IReadOnlyList<IncidentLine> Incidents { get; private set; } = [];

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken) => Incidents = await incidents.OpenAsync(cancellationToken);

    /// <summary>Runs the failed activity again.</summary>
    public async Task<IActionResult> OnPostRetryAsync(Guid id, CancellationToken cancellationToken)
    {
        var done = await incidents.RetryAsync(id, cancellationToken);
        TempData[done ? "Notice" : "Problem"] = (done ? texts["已重试。如仍有故障，会重新出现在这里。"] : texts["这个故障已经处理过。"]).Value;
        return RedirectToPage();
    }

    /// <summary>Gives the case up.</summary>
    public async Task<IActionResult> OnPostCancelAsync(Guid id, string? reason, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            TempData["Problem"] = texts["终止办理须写明原因。"].Value;
            return RedirectToPage();
        }

        var done = await incidents.CancelAsync(id, reason.Trim(), cancellationToken);
        TempData[done ? "Notice" : "Problem"] = (done ? texts["已终止，申请人会看到原因。"] : texts["这个故障已经处理过。"]).Value;
        return RedirectToPage();
    }
}
