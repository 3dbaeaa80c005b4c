using Approvals.Core.Data;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Accounts;

/// <summary>A payee with the account that counts.</summary>
/// <param name="Payee">Who.</param>
/// <param name="Account">Account; null for none.</param>
/// <param name="Replaced">The account before it; null for none.</param>
/// <param name="EnteredBy">Name of who entered the account.</param>
/// <param name="VerifiedBy">Name of the member of finance who verified it; null while nobody has.</param>
/// <param name="StoppedLines">Lines that wait for it.</param>
public sealed record PayeeWithAccount(
    Payee Payee, PayeeAccount? Account, PayeeAccount? Replaced, string? EnteredBy, string? VerifiedBy, int StoppedLines)
{
    /// <summary>Whether a member of finance has something to do.</summary>
    public bool NeedsLook => Account is not null && Account.VerifiedAt is null && (Account.ConfirmedAt is null || Account.ReplacesId is not null);
}

/// <summary>Reads payees and their accounts for finance. Scoped.</summary>
public sealed class AccountQuery(ApprovalsDbContext db)
{
    private const int Most = 100;

    /// <summary>Accounts that wait for a member of finance: entered by a colleague, or changed; those that stop lines first.</summary>
    public async Task<IReadOnlyList<PayeeWithAccount>> ToVerifyAsync(CancellationToken cancellationToken)
    {
        var ids = await db.PayeeAccounts
            .Where(row => row.ReplacedAt == null && row.VerifiedAt == null && (row.ConfirmedAt == null || row.ReplacesId != null))
            .OrderBy(row => row.ValidFrom).Select(row => row.PayeeId).Take(Most).ToListAsync(cancellationToken);
        return [.. (await WithAccountsAsync(ids, cancellationToken)).OrderByDescending(row => row.StoppedLines > 0)];
    }

    /// <summary>Payees with money approved but no account.</summary>
    public async Task<IReadOnlyList<PayeeWithAccount>> MissingAsync(CancellationToken cancellationToken)
    {
        var ids = await db.Payees.Where(row => !db.PayeeAccounts.Any(account => account.PayeeId == row.Id))
            .Where(row => db.Entitlements.Any(one => one.PayeeId == row.Id && one.LineId == null)
                || db.PacketLines.Any(line => line.PayeeId == row.Id && line.ReplacedByLineId == null && line.State == LineState.Stopped))
            .OrderBy(row => row.Name).Select(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        return await WithAccountsAsync(ids, cancellationToken);
    }

    /// <summary>Payees by part of the name.</summary>
    public async Task<IReadOnlyList<PayeeWithAccount>> SearchAsync(string term, CancellationToken cancellationToken)
    {
        var ids = await db.Payees.Where(row => row.Name.Contains(term)).OrderBy(row => row.Name).Select(row => row.Id).Take(Most)
            .ToListAsync(cancellationToken);
        return await WithAccountsAsync(ids, cancellationToken);
    }

    /// <summary>One payee; null when there is none.</summary>
    public async Task<PayeeWithAccount?> FindAsync(Guid payeeId, CancellationToken cancellationToken) =>
        (await WithAccountsAsync([payeeId], cancellationToken)).FirstOrDefault();

    private async Task<IReadOnlyList<PayeeWithAccount>> WithAccountsAsync(List<Guid> ids, CancellationToken cancellationToken)
    {
        var payees = await db.Payees.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var accounts = await db.PayeeAccounts.AsNoTracking().Where(row => ids.Contains(row.PayeeId)).ToListAsync(cancellationToken);
        var byId = accounts.ToDictionary(row => row.Id);
        var current = accounts.Where(row => row.ReplacedAt is null).ToDictionary(row => row.PayeeId);
        var involved = accounts.Select(row => row.EnteredById).Concat(accounts.Select(row => row.VerifiedById).OfType<Guid>()).Distinct().ToList();
        var names = await db.People.AsNoTracking().Where(row => involved.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        var stopped = await db.PacketLines
            .Where(line => ids.Contains(line.PayeeId) && line.ReplacedByLineId == null && line.State == LineState.Stopped && line.Amount > 0)
            .GroupBy(line => line.PayeeId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        return
        [
            .. ids.Where(payees.ContainsKey).Select(id =>
            {
                var account = current.GetValueOrDefault(id);
                return new PayeeWithAccount(
                    payees[id], account, account?.ReplacesId is { } old ? byId.GetValueOrDefault(old) : null,
                    account is null ? null : names.GetValueOrDefault(account.EnteredById),
                    account?.VerifiedById is { } verifier ? names.GetValueOrDefault(verifier) : null, stopped.GetValueOrDefault(id));
            }),
        ];
    }
}
