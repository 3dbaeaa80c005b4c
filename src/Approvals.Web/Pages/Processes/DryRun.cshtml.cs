using Approvals.Core.Data;
using Approvals.Core.DryRuns;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Web.DryRuns;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Processes;

/// <summary>试运行 — what happens in it is chosen here.</summary>
[Authorize(Policy = Policies.ProcessOwnership)]
public sealed class DryRunModel(
    ApprovalsDbContext db, CompiledDefinitions compiled, IServiceProvider services, IStringLocalizer<DryRunTexts> texts) : PageModel
{
    /// <summary>Process.</summary>
    [BindProperty(SupportsGet = true)]
    public string DefinitionId { get; set; } = "";

    /// <summary>What is chosen.</summary>
    [BindProperty]
    public DryRunForm Form { get; set; } = new();

    /// <summary>Versions, the newest first.</summary>
    public IReadOnlyList<VersionLine> Versions { get; private set; } = [];

    /// <summary>The chosen version.</summary>
    public LoadedDefinition Chosen { get; private set; } = null!;

    /// <summary>Steps of the chosen version.</summary>
    public IReadOnlyList<AskedStep> Steps { get; private set; } = [];

    /// <summary>Whether the public may object in it.</summary>
    public bool HasNotice { get; private set; }

    /// <summary>Whether there is an examination in it.</summary>
    public bool HasTraining { get; private set; }

    /// <summary>Whether people apply for it.</summary>
    public bool IsApplied { get; private set; }

    /// <summary>Other processes that people apply for, for trying a sub-process inside one.</summary>
    public IReadOnlyList<VersionLine> Around { get; private set; } = [];

    /// <summary>Units outside the bureau, for the sample applicant.</summary>
    public IReadOnlyList<(string Code, string Name)> Units { get; private set; } = [];

    /// <summary>Problems by field.</summary>
    public Dictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>A version in the list.</summary>
    public sealed record VersionLine(string Id, string DefinitionId, string Name, int Version, bool IsPublished, bool IsLatest);

    /// <summary>Problem of a field.</summary>
    public string? ProblemOf(string field) => Problems.GetValueOrDefault(field);

    /// <summary>Shows the form for a version; the newest when none is asked for.</summary>
    public async Task<IActionResult> OnGetAsync(string? version, CancellationToken cancellationToken)
    {
        Form.Version = version;
        return await LoadAsync(cancellationToken) ? Page() : NotFound();
    }

    /// <summary>Asks for the dry run and leads to its result.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        if (Form.ToAnswers(Problems) is not { } answers)
            return Refused(StatusCodes.Status422UnprocessableEntity);
        var ticket = await services.GetRequiredService<RequestDryRun>().AskAsync(Chosen.Row, answers, cancellationToken);
        if (ticket is null)
        {
            Problems[""] = texts["等待试运行的太多，请过几分钟再试。"];
            return Refused(StatusCodes.Status503ServiceUnavailable);
        }

        return Redirect(DryRunViewer.AddressOf(ticket));
    }

    private PageResult Refused(int status)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        Versions = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == DefinitionId).OrderByDescending(row => row.Version)
            .Select(row => new VersionLine(row.Id, row.DefinitionId, row.Name, row.Version, row.IsPublished, row.IsLatest))
            .Take(50).ToListAsync(cancellationToken);
        var chosen = Versions.FirstOrDefault(one => one.Id == Form.Version)
            ?? (Form.Version is null ? Versions.FirstOrDefault(one => one.IsLatest) : null);
        if (chosen is null)
            return false;
        Form.Version = chosen.Id;
        Chosen = compiled.Load(await db.Definitions.AsNoTracking().SingleAsync(row => row.Id == chosen.Id, cancellationToken));
        Steps = DryRunForm.StepsOf(Chosen);
        HasNotice = DryRunForm.Has(Chosen, "Approvals.PublicNotice");
        HasTraining = DryRunForm.Has(Chosen, "Approvals.Training");
        IsApplied = Chosen.Settings.IsStartable && Chosen.Settings.StartForm is not null;
        Around = IsApplied ? [] : await db.Definitions.AsNoTracking()
            .Where(row => row.IsPublished && row.IsStartable && row.DefinitionId != DefinitionId).OrderBy(row => row.Name)
            .Select(row => new VersionLine(row.Id, row.DefinitionId, row.Name, row.Version, row.IsPublished, row.IsLatest))
            .ToListAsync(cancellationToken);
        Units = (await db.OrgUnits.AsNoTracking().Where(unit => unit.Kind == OrgUnitKind.Employer && unit.ClosedOn == null)
                .OrderBy(unit => unit.SortOrder).ThenBy(unit => unit.Name).Select(unit => new { unit.Code, unit.Name }).Take(500)
                .ToListAsync(cancellationToken)).ConvertAll(unit => (unit.Code, unit.Name));
        return true;
    }
}
