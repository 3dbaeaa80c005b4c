using Approvals.Core.Organisation;
using Approvals.Core.Processes.Overview;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Processes;

/// <summary>流程管理 — every process with its versions, and the ways to what can be done with it.</summary>
[Authorize(Policy = Policies.ProcessReading)]
public sealed class IndexModel(ProcessOverview overview, CurrentPerson person) : PageModel
{
    /// <summary>The processes by name.</summary>
    public IReadOnlyList<ProcessLine> Processes { get; private set; } = [];

    /// <summary>Whether the person may change them; auditors only look.</summary>
    public bool MayEdit => person.Is(Roles.ProcessOwner);

    /// <summary>Reads the list.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken) => Processes = await overview.ListAsync(cancellationToken);
}
