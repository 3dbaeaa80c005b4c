using Approvals.Core.Allowances;
using Approvals.Core.Cases;
using Approvals.Core.Missions;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Allowances;

/// <summary>工作补助 — events with days that are not claimed yet, and the claims made.</summary>
[Authorize(Policy = Policies.Allowances)]
public sealed class IndexModel(AllowanceQuery allowances, CaseList cases) : PageModel
{
    /// <summary>Events and how many person-days of each can be claimed.</summary>
    public IReadOnlyList<(EmergencyEvent Event, decimal Open)> Events { get; private set; } = [];

    /// <summary>Claims, newest first.</summary>
    public IReadOnlyList<ClaimLine> Claims { get; private set; } = [];

    /// <summary>Claims that the reader may open.</summary>
    public IReadOnlySet<Guid> Readable { get; private set; } = new HashSet<Guid>();

    /// <summary>Whether the reader may claim and correct.</summary>
    public bool MayClaim => allowances.MayClaim;

    /// <summary>Shows both lists.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Events = await allowances.EventsAsync(cancellationToken);
        Claims = await allowances.ClaimsAsync(cancellationToken);
        Readable = await cases.ReadableAmongAsync(Claims.Select(line => line.Case.Id), cancellationToken);
    }
}
