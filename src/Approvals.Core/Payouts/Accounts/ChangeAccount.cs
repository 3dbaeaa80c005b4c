using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Accounts;

/// <summary>What came of entering an account.</summary>
public abstract record AccountOutcome
{
    /// <summary>Stored.</summary>
    /// <param name="Account">The new account.</param>
    /// <param name="StoppedLines">Lines that wait for payment to the old one and are stopped now.</param>
    public sealed record Saved(PayeeAccount Account, int StoppedLines) : AccountOutcome;

    /// <summary>Refused, beside the fields.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : AccountOutcome;
}

/// <summary>
/// 登记、变更收款账户 — the payee's own, confirmed by password, or by finance, which a second member confirms. A change stops every line
/// that waits for payment to the old account until finance has made sure of it. Scoped.
/// </summary>
public sealed class ChangeAccount(
    ApprovalsDbContext db, UnitOfWork unitOfWork, AccountVault vault, ISignerCheck signerCheck, Notifier notifier, AuditTrail audit,
    TimeProvider time)
{
    /// <summary>The payee enters the own account.</summary>
    /// <param name="payeeId">Payee; must be the person's own.</param>
    /// <param name="input">As typed.</param>
    /// <param name="personId">Who is signed in.</param>
    /// <param name="secret">Password or code, asked for again.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<AccountOutcome> OwnAsync(
        Guid payeeId, AccountInput input, Guid personId, string? secret, CancellationToken cancellationToken)
    {
        var payee = await db.Payees.AsNoTracking().SingleAsync(row => row.Id == payeeId, cancellationToken);
        if (payee.PersonId != personId)
            throw new InvalidOperationException("Only the payee enters the own account.");
        if (input.ErrorsFor(payee) is { Count: > 0 } errors)
            return new AccountOutcome.Invalid(errors);

        // Before the transaction: a wrong try must be counted even though nothing is stored.
        var message = await signerCheck.VerifyAsync(personId, secret, cancellationToken) switch
        {
            SignerCheckOutcome.Confirmed => null,
            SignerCheckOutcome.LockedOut => "密码多次错误，账号已锁定，请稍后再试。",
            _ => "密码或动态码不正确，请重新输入。",
        };
        return message is null
            ? await SaveAsync(payee, input, personId, isOwn: true, cancellationToken)
            : new AccountOutcome.Invalid([new FieldError("secret", "密码或动态码", message, string.IsNullOrEmpty(secret))]);
    }

    /// <summary>Finance enters an account for a payee; it counts once a second member of finance has confirmed it.</summary>
    public async Task<AccountOutcome> ByFinanceAsync(
        Guid payeeId, AccountInput input, Guid byId, CancellationToken cancellationToken)
    {
        var payee = await db.Payees.AsNoTracking().SingleAsync(row => row.Id == payeeId, cancellationToken);
        return input.ErrorsFor(payee) is { Count: > 0 } errors
            ? new AccountOutcome.Invalid(errors)
            : payee.PersonId == byId
            ? new AccountOutcome.Invalid([new FieldError("number", "账号", "自己的收款账户请在“个人设置—收款账户”登记。")])
            : await SaveAsync(payee, input, byId, isOwn: false, cancellationToken);
    }

    /// <summary>Whoever claims for a unit enters its account; it counts once a member of finance has made sure of it.</summary>
    public async Task<AccountOutcome> ByClaimantAsync(
        Guid payeeId, AccountInput input, Guid byId, CancellationToken cancellationToken)
    {
        var payee = await db.Payees.AsNoTracking().SingleAsync(row => row.Id == payeeId, cancellationToken);
        if (payee.Kind != PayeeKind.Unit)
            throw new InvalidOperationException("Only the account of a unit is entered by its claimant.");
        return input.ErrorsFor(payee) is { Count: > 0 } errors
            ? new AccountOutcome.Invalid(errors)
            : await SaveAsync(payee, input, byId, isOwn: false, cancellationToken);
    }

    private Task<AccountOutcome> SaveAsync(
        Payee payee, AccountInput input, Guid byId, bool isOwn, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var number = AccountNumber.Normalise(input.Number);

            // Race closed: two changes of one payee. The payee's row is locked first; the unique index on the open account stands behind.
            await db.Payees.Where(row => row.Id == payee.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken);
            var old = await db.PayeeAccounts.AsNoTracking()
                .FirstOrDefaultAsync(row => row.PayeeId == payee.Id && row.ReplacedAt == null, cancellationToken);
            if (old is not null && old.Fingerprint == vault.Fingerprint(old.SealedNumber, number) && old.BankName == input.BankName!.Trim())
                return Refuse(scope, "与现有账户相同，不需要变更。");
            var now = time.GetUtcNow();
            await db.PayeeAccounts.Where(row => row.PayeeId == payee.Id && row.ReplacedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReplacedAt, now), cancellationToken);
            var account = New(payee, input, number, old, byId, isOwn, now);
            db.PayeeAccounts.Add(account);
            var stopped = await StopAsync(payee.Id, now, cancellationToken);
            await TellAsync(payee, old is not null, stopped, isOwn, cancellationToken);
            audit.Record("account.changed", "payee", payee.Id.ToString(), new
            {
                account = account.Id, replaces = old?.Id, own = isOwn, stoppedLines = stopped,
            });
            return (AccountOutcome)new AccountOutcome.Saved(account, stopped);
        },
        cancellationToken);

    private static AccountOutcome Refuse(UnitOfWorkScope scope, string message)
    {
        scope.Abort();
        return new AccountOutcome.Invalid([new FieldError("number", "账号", message)]);
    }

    private PayeeAccount New(
        Payee payee, AccountInput input, string number, PayeeAccount? old, Guid byId, bool isOwn, DateTimeOffset now)
    {
        var id = SortableId.New();
        var text = vault.Seal(id, number);
        var code = AccountNumber.Normalise(input.BankCode);
        return new PayeeAccount
        {
            Id = id,
            PayeeId = payee.Id,
            Holder = input.Holder!.Trim(),
            SealedNumber = text,
            Fingerprint = vault.Fingerprint(text, number),
            LastFour = number[^4..],
            BankName = input.BankName!.Trim(),
            BankCode = code.Length == 0 ? null : code,
            ValidFrom = now,
            EnteredById = byId,
            ConfirmedById = isOwn ? byId : null,
            ConfirmedAt = isOwn ? now : null,
            ReplacesId = old?.Id,
        };
    }

    /// <summary>
    /// Race closed with paying: the update takes only lines that still wait. A line that is marked paid at the same moment is either
    /// paid first and stays so, or stopped first and then refused.
    /// </summary>
    private Task<int> StopAsync(Guid payeeId, DateTimeOffset now, CancellationToken cancellationToken) => db.PacketLines
        .Where(row => row.PayeeId == payeeId && row.State == LineState.Pending && row.ReplacedByLineId == null)
        .ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, LineState.Stopped)
                .SetProperty(row => row.StopReason, StopReason.AccountChanged)
                .SetProperty(row => row.StateNote, "收款账户变更，原账户停止支付")
                .SetProperty(row => row.StateAt, now)
                .SetProperty(row => row.StateById, (Guid?)null)
                .SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
            cancellationToken);

    private async Task TellAsync(Payee payee, bool isChange, int stopped, bool isOwn, CancellationToken cancellationToken)
    {
        if (!isChange && isOwn)
            return;
        var text = stopped > 0
            ? $"收款人{payee.Name}变更了收款账户，{stopped} 笔待付款项已暂停，请核实"
            : $"收款人{payee.Name}的收款账户有变更，请核实";
        var finance = await db.RoleAssignments.AsNoTracking().Where(row => row.Role == Roles.Finance)
            .Select(row => row.PersonId).Distinct().ToListAsync(cancellationToken);
        foreach (var person in finance)
            notifier.Tell(person, text, "/finance/accounts", "收款账户变更");
    }
}
