using Approvals.Core.Processes;
using Approvals.Core.Processes.Watching;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Admin.Incidents;

/// <summary>流程故障 — what is broken, where, and the way on.</summary>
[Authorize(Policy = Policies.SystemAdministration)]
public sealed class IndexModel(ResolveIncident incidents, EndEffects effects, IStringLocalizer<OperationTexts> texts) : PageModel
{
    /// <summary>Open incidents.</summary>
    public IReadOnlyList<IncidentLine> Incidents { get; private set; } = [];

    /// <summary>What ending an instance brings with it, by instance.</summary>
    public IReadOnlyDictionary<Guid, EndEffect> Effects { get; private set; } = new Dictionary<Guid, EndEffect>();

    /// <summary>Which incident could not be ended, what was typed, and what is wrong with the reason or the confirmation.</summary>
    public (Guid Id, string? Reason, string? ReasonProblem, string? ConfirmationProblem)? Refused { get; private set; }

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Incidents = await incidents.OpenAsync(cancellationToken);
        var found = new Dictionary<Guid, EndEffect>();
        foreach (var instance in Incidents.Select(one => one.InstanceId).Distinct())
        {
            if (await effects.OfAsync(instance, cancellationToken) is { } effect)
                found[instance] = effect;
        }

        Effects = found;
    }

    /// <summary>Runs the failed activity again.</summary>
    public async Task<IActionResult> OnPostRetryAsync(Guid id, CancellationToken cancellationToken)
    {
        var done = await incidents.RetryAsync(id, cancellationToken);
        TempData[done ? "Notice" : "Problem"] = (done ? texts["已重试。如仍有故障，会重新出现在这里。"] : texts["这个故障已经处理过。"]).Value;
        return RedirectToPage();
    }

    /// <summary>Gives the case up.</summary>
    public async Task<IActionResult> OnPostCancelAsync(Guid id, string? reason, string? confirmation, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return await AgainAsync((id, reason, texts["终止办理须写明原因。"].Value, null), cancellationToken);
        switch (await incidents.CancelAsync(id, reason.Trim(), confirmation, cancellationToken))
        {
            case EndOutcome.Unconfirmed:
                var wrong = confirmation is null ? texts["终止会使主流程继续办理，请先确认。"] : texts["情况已经变化，未终止。请看清上面的说明，再次确认。"];
                return await AgainAsync((id, reason, null, wrong.Value), cancellationToken);
            case EndOutcome.Done:
                TempData["Notice"] = texts["已终止，申请人会看到原因。"].Value;
                break;
            default:
                TempData["Problem"] = texts["这个故障已经处理过。"].Value;
                break;
        }

        return RedirectToPage();
    }

    private async Task<IActionResult> AgainAsync((Guid, string?, string?, string?) refused, CancellationToken cancellationToken)
    {
        Refused = refused;
        await OnGetAsync(cancellationToken);
        var page = Page();
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }
}
