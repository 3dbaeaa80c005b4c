using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Accounts;

/// <summary>查看完整账号 — opens one account number for finance; every look is recorded before the number is shown. Scoped.</summary>
public sealed class RevealAccount(ApprovalsDbContext db, UnitOfWork unitOfWork, AccountVault vault, AuditTrail audit)
{
    /// <summary>The number of an account.</summary>
    /// <param name="accountId">Which.</param>
    /// <param name="purpose">Where it was looked at, e.g. <c>packet-line</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when there is no such account.</returns>
    public async Task<string?> RevealAsync(Guid accountId, string purpose, CancellationToken cancellationToken)
    {
        var account = await db.PayeeAccounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == accountId, cancellationToken);
        if (account is null)
            return null;
        await unitOfWork.RunAsync(
            _ =>
            {
                audit.Record("account.viewed", "payee", account.PayeeId.ToString(), new { account = account.Id, purpose });
                return Task.CompletedTask;
            },
            cancellationToken);
        return vault.Open(account.Id, account.SealedNumber);
    }
}
