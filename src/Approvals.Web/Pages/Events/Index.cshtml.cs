using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Events;

/// <summary>突发事件 — the board of the duty office and of whoever commands: open events with what waits in them, then closed ones.</summary>
[Authorize]
public sealed class IndexModel(EventQuery events, EventAccess access, CurrentPerson person) : PageModel
{
    /// <summary>The board.</summary>
    public IReadOnlyList<EventLine> Lines { get; private set; } = [];

    /// <summary>Whether the person may open an event.</summary>
    public bool MayOpen => person.Is(Roles.DutyOffice);

    /// <summary>Shows the board; who has nothing to do with events is refused.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Lines = await events.BoardAsync(cancellationToken);
        return Lines.Count > 0 || person.Is(Roles.GeneralCommander) || await access.MaySeeAllAsync(cancellationToken) ? Page() : Forbid();
    }
}
