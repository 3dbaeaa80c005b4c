using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Accounts;

/// <summary>
/// 核实收款账户 — a member of finance confirms an account another one entered, or makes sure of a change that came after an approval.
/// Whoever entered it cannot, and nobody their own. Scoped.
/// </summary>
public sealed class ConfirmAccount(ApprovalsDbContext db, UnitOfWork unitOfWork, AuditTrail audit, TimeProvider time)
{
    /// <summary>Confirms.</summary>
    /// <returns>Null when it is done; otherwise why not, in plain Chinese.</returns>
    public Task<string?> ConfirmAsync(Guid accountId, Guid byId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var row = await (
                    from account in db.PayeeAccounts.AsNoTracking()
                    join payee in db.Payees on account.PayeeId equals payee.Id
                    where account.Id == accountId
                    select new { account, payee.PersonId })
                .SingleOrDefaultAsync(cancellationToken);
            var problem = row is null ? "账户不存在"
                : row.account.ReplacedAt is not null ? "该账户已被新的账户取代，请核实新账户"
                : row.account.VerifiedAt is not null ? "该账户已核实"
                : row.account.EnteredById == byId ? "账户由您登记，须由另一名财务人员核实"
                : row.PersonId == byId ? "不能核实自己的收款账户"
                : null;
            var now = time.GetUtcNow();

            // Race closed: of two who confirm, or with a change at the same moment, the guarded update has one winner.
            if (problem is null && await db.PayeeAccounts
                .Where(one => one.Id == accountId && one.ReplacedAt == null && one.VerifiedAt == null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.VerifiedAt, now)
                        .SetProperty(one => one.VerifiedById, byId)
                        .SetProperty(one => one.ConfirmedAt, one => one.ConfirmedAt ?? now)
                        .SetProperty(one => one.ConfirmedById, one => one.ConfirmedById ?? byId),
                    cancellationToken) == 0)
            {
                problem = "账户刚刚有变化，请刷新后重试";
            }

            if (problem is not null)
            {
                scope.Abort();
                return problem;
            }

            audit.Record("account.verified", "payee", row!.account.PayeeId.ToString(), new { account = accountId });
            return null;
        },
        cancellationToken);
}
