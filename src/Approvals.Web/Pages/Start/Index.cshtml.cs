using Approvals.Core.Cases;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Start;

/// <summary>发起申请 — the processes people may start, and their own drafts.</summary>
[Authorize]
public sealed class IndexModel(StartCase starting, DraftList drafts, CurrentPerson person) : PageModel
{
    /// <summary>What may be started.</summary>
    public IReadOnlyList<StartableProcess> Processes { get; private set; } = [];

    /// <summary>Own drafts, the latest first.</summary>
    public IReadOnlyList<DraftLine> Drafts { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Processes = await starting.ListAsync(cancellationToken);
        Drafts = await drafts.OfAsync(person.RequiredId, cancellationToken);
    }

    /// <summary>Makes a draft and opens it.</summary>
    public async Task<IActionResult> OnPostAsync(string process, CancellationToken cancellationToken)
    {
        var draft = await starting.DraftAsync(process, cancellationToken);
        return draft is null ? NotFound() : RedirectToPage("/Cases/Edit", new { id = draft });
    }
}
