using Approvals.Core.Processes;
using Approvals.Core.Processes.Designing;
using Approvals.Core.Processes.Designing.Differences;
using Approvals.Web.Diagram;
using Approvals.Web.Localisation;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Processes;

/// <summary>What changed between two versions of a process, in words and on the diagram.</summary>
[Authorize(Policy = Policies.ProcessReading)]
public sealed class DifferenceModel(DefinitionQuery query, CompareDefinitions comparing, Wording wording) : PageModel
{
    /// <summary>Every version, newest first.</summary>
    public IReadOnlyList<DefinitionVersion> Versions { get; private set; } = [];

    /// <summary>The earlier one.</summary>
    public DefinitionVersion Before { get; private set; } = null!;

    /// <summary>The later one.</summary>
    public DefinitionVersion After { get; private set; } = null!;

    /// <summary>What changed.</summary>
    public DifferenceView View { get; private set; } = null!;

    /// <summary>Compares; without numbers the published version with the newest.</summary>
    public async Task<IActionResult> OnGetAsync(string definitionId, int? from, int? to, CancellationToken cancellationToken)
    {
        (Versions, _) = await query.ListAsync(
            new DefinitionFilter { DefinitionIds = [definitionId], OrderBy = "Version", Descending = true }, cancellationToken);
        if (Versions.Count == 0)
            return NotFound();
        var after = to is null ? Versions[0] : Versions.FirstOrDefault(row => row.Version == to);
        var before = from is not null ? Versions.FirstOrDefault(row => row.Version == from) : Earlier(after);
        if (before is null || after is null)
            return NotFound();
        (Before, After) = (before, after);
        View = DifferenceView.Of(await comparing.CompareAsync(before, after, cancellationToken), wording.Diagram);
        return Page();
    }

    private DefinitionVersion? Earlier(DefinitionVersion? after) =>
        Versions.FirstOrDefault(row => row.IsPublished && row.Version < after?.Version)
        ?? Versions.FirstOrDefault(row => row.Version < after?.Version) ?? after;
}

/// <summary>The changes as two pages show them.</summary>
/// <param name="Changes">In the order of the list.</param>
/// <param name="Diagram">SVG markup.</param>
public sealed record DifferenceView(IReadOnlyList<DesignChange> Changes, string Diagram)
{
    /// <summary>Of a comparison.</summary>
    public static DifferenceView Of(Comparison comparison, FlowWords words) =>
        new(comparison.Changes, DifferenceDiagram.Draw(comparison, words));
}
