using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Pages.Inbox;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Cases;

/// <summary>Every case that the reader may read, filtered and exported. The address holds the filter.</summary>
[Authorize]
public sealed class IndexModel(
    CaseList list, ExportCases exporting, SearchTerm searchTerm, ApprovalsDbContext db, IStringLocalizer<OperationTexts> texts) : PageModel
{
    /// <summary>Search term as the address holds it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>One process.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Process { get; set; }

    /// <summary>One status.</summary>
    [BindProperty(SupportsGet = true)]
    public CaseStatus? Status { get; set; }

    /// <summary>One owning section.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Section { get; set; }

    /// <summary>Submitted from.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>Submitted until.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    /// <summary>Id of the last case of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    /// <summary>Term as typed.</summary>
    public string? Term { get; private set; }

    /// <summary>Cases, the newest first.</summary>
    public CasePage Cases { get; private set; } = new([], null);

    /// <summary>Processes to filter by: key and name.</summary>
    public IReadOnlyList<(string Key, string Name)> Processes { get; private set; } = [];

    /// <summary>Sections to filter by.</summary>
    public IReadOnlyList<OrgUnit> Sections { get; private set; } = [];

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsFiltered => Filter != new CaseFilter();

    /// <summary>The filter as a link keeps it.</summary>
    public Dictionary<string, string?> Kept => new()
    {
        ["q"] = Q, ["process"] = Process, ["status"] = Status?.ToString(), ["section"] = Section?.ToString(),
        ["from"] = From?.ToString("yyyy-MM-dd"), ["until"] = Until?.ToString("yyyy-MM-dd"),
    };

    private CaseFilter Filter => new(
        string.IsNullOrEmpty(Process) ? null : Process, Status, Section, From, Until, searchTerm.Read(Q));

    /// <summary>Shows the list.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        // A filter that cannot be read, typed into the address, narrows nothing.
        ModelState.Clear();
        Term = searchTerm.Read(Q);
        Cases = await list.PageAsync(Filter, After, cancellationToken);
        Sections = await list.OwnersAsync(cancellationToken);
        var names = await db.Definitions.AsNoTracking().Where(one => one.IsPublished)
            .Select(one => new { one.DefinitionId, one.Name }).Distinct().ToListAsync(cancellationToken);
        Processes = [.. names.DistinctBy(one => one.DefinitionId).Select(one => (one.DefinitionId, one.Name)).OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    /// <summary>Searches.</summary>
    public IActionResult OnPost(string? term)
    {
        Q = searchTerm.Write(term);
        return RedirectToPage(Kept);
    }

    /// <summary>Exports what the filter leaves.</summary>
    public async Task<IActionResult> OnPostExportAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var workbook = await exporting.MakeAsync(Filter, cancellationToken);
        if (workbook.Content is not null)
        {
            return File(workbook.Content, CaseWorkbook.ContentType, workbook.FileName);
        }

        TempData["Problem"] = texts["超过 {0} 件，请先缩小范围再导出。", ExportCases.Most].Value;
        return RedirectToPage(Kept);
    }
}
