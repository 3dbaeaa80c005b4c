using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>Tells the insured what became of their claim. Scoped.</summary>
public sealed class ClaimNews(ApprovalsDbContext db, Notifier notifier)
{
    /// <summary>Tells them within the caller's transaction; nothing for a commander without an account.</summary>
    /// <param name="claim">Claim.</param>
    /// <param name="text">What happened, in Chinese.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task TellAsync(InsuranceClaim claim, string text, CancellationToken cancellationToken)
    {
        var insured = await db.Commanders.AsNoTracking().Where(row => row.Id == claim.CommanderId).Select(row => row.PersonId)
            .FirstOrDefaultAsync(cancellationToken);
        if (insured is { } one)
            notifier.Tell(one, text, $"/insurance/claims/{claim.Id}", "意外伤害保险理赔");
    }
}
