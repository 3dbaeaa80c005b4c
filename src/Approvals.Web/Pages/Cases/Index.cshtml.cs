using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Pages.Inbox;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Pages.Cases;

/// <summary>All cases, for those who may read every one: auditors and system administrators.</summary>
[Authorize(Roles = $"{Roles.Auditor},{Roles.SystemAdministrator}")]
public sealed class IndexModel(ApprovalsDbContext db, SearchTerm searchTerm) : PageModel
{
    private const int PageSize = 20;

    /// <summary>Search term as the address holds it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Id of the last case of the page before.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    /// <summary>Term as typed.</summary>
    public string? Term { get; private set; }

    /// <summary>Cases, the newest first.</summary>
    public IReadOnlyList<Case> Rows { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public Guid? Next { get; private set; }

    /// <summary>Shows the list. Ids are time-ordered, so they page it.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Term = searchTerm.Read(Q);
        var cases = db.Cases.AsNoTracking().Where(one => one.Status != CaseStatus.Draft);
        cases = Term is { } term ? cases.Where(one => one.Number!.StartsWith(term) || one.SubjectName.Contains(term)) : cases;
        cases = After is { } after ? cases.Where(one => one.Id.CompareTo(after) < 0) : cases;
        var rows = await cases.OrderByDescending(one => one.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        Next = rows.Count > PageSize ? rows[PageSize - 1].Id : null;
        Rows = [.. rows.Take(PageSize)];
    }

    /// <summary>Searches.</summary>
    public IActionResult OnPost(string? term) => RedirectToPage(new { q = searchTerm.Write(term) });
}
