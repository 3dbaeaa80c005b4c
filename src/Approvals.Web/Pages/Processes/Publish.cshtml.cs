using Approvals.Core.Processes;
using Approvals.Core.Processes.Designing;
using Approvals.Core.Processes.Designing.Checks;
using Approvals.Core.Processes.Designing.Differences;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Processes;

/// <summary>Publishes a process: what is wrong with it, what is different from the version in force, and why it is published.</summary>
[Authorize(Policy = Policies.ProcessDesign)]
public sealed class PublishModel(
    DefinitionQuery query,
    DefinitionChecks checks,
    CompareDefinitions comparing,
    PublishDefinition publishing,
    RemoveUnknownActivities removing,
    Wording wording,
    IStringLocalizer<ProcessTexts> T) : PageModel
{
    /// <summary>The version to be published.</summary>
    public DefinitionVersion Latest { get; private set; } = null!;

    /// <summary>The version in force; null when there is none.</summary>
    public DefinitionVersion? Published { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<DesignFinding> Findings { get; private set; } = [];

    /// <summary>What is different; null when no version is in force.</summary>
    public DifferenceView? Difference { get; private set; }

    /// <summary>Whether it can be published as it is.</summary>
    public bool CanPublish => !Latest.IsPublished && !Findings.Any(finding => finding.IsError);

    /// <summary>What to mend in what was typed, or why nothing was done.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>Reason as typed.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Version that was shown.</summary>
    [BindProperty]
    public string? Shown { get; set; }

    /// <summary>Number of the save that was shown.</summary>
    [BindProperty]
    public int Revision { get; set; }

    /// <summary>Shows what would be published.</summary>
    public async Task<IActionResult> OnGetAsync(string definitionId, CancellationToken cancellationToken) =>
        await LoadAsync(definitionId, cancellationToken) ? Page() : NotFound();

    /// <summary>Publishes what was shown, and nothing else.</summary>
    public async Task<IActionResult> OnPostAsync(string definitionId, CancellationToken cancellationToken)
    {
        try
        {
            if (await publishing.PublishShownAsync(definitionId, Shown ?? "", Revision, Reason ?? "", cancellationToken) is null)
                return NotFound();
        }
        catch (DesignRefused refused)
        {
            Refusals = refused.Reasons;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await LoadAsync(definitionId, cancellationToken) ? Page() : NotFound();
        }

        TempData["Notice"] = T["已发布。新的业务件按新版本办理，办理中的不受影响。"].Value;
        return Redirect(Address(definitionId));
    }

    /// <summary>Takes unknown activities out of the draft.</summary>
    public async Task<IActionResult> OnPostRemoveUnknownAsync(string definitionId, CancellationToken cancellationToken)
    {
        if (await removing.RemoveAsync(definitionId, cancellationToken) is not { } removed)
            return NotFound();
        TempData["Notice"] = T["已从草稿中移除：{0}", string.Join("、", removed)].Value;
        return Redirect(Address(definitionId));
    }

    private static string Address(string definitionId) => $"/processes/{Uri.EscapeDataString(definitionId)}/publish";

    private async Task<bool> LoadAsync(string definitionId, CancellationToken cancellationToken)
    {
        if (await query.FindAsync(definitionId, VersionChoice.Latest, cancellationToken) is not { } latest)
            return false;
        Latest = latest;
        Published = await query.FindAsync(definitionId, VersionChoice.Published, cancellationToken);
        Findings = await checks.CheckAsync(latest, cancellationToken);
        if (Published is not null && Published.Id != latest.Id)
            Difference = DifferenceView.Of(await comparing.CompareAsync(Published, latest, cancellationToken), wording.Diagram);
        return true;
    }
}
