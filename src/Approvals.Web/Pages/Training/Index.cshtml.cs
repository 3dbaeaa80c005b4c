using Approvals.Core.Training;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Training;

/// <summary>培训考核 — who waits for a seat, and the sessions.</summary>
[Authorize(Policy = Policies.Training)]
public sealed class IndexModel(TrainingQuery training) : PageModel
{
    /// <summary>Who waits.</summary>
    public IReadOnlyList<CandidateLine> Waiting { get; private set; } = [];

    /// <summary>Sessions.</summary>
    public IReadOnlyList<SessionLine> Sessions { get; private set; } = [];

    /// <summary>Shows the lists.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Waiting = await training.WaitingAsync(cancellationToken);
        Sessions = await training.SessionsAsync(cancellationToken);
    }
}
