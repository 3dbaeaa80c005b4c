namespace Approvals.Core.Payouts.Packets;

/// <summary>A line to be: what one payee gets and whether it can be paid.</summary>
/// <param name="Payee">Who.</param>
/// <param name="Account">The account that counts today; null for none.</param>
/// <param name="Amount">Sum of the entitlements in yuan.</param>
/// <param name="Entitlements">What it pays, oldest first.</param>
/// <param name="State">Pending, stopped, or offset when the sum is nought.</param>
/// <param name="StopReason">Why it is stopped.</param>
public sealed record LineDraft(
    Payee Payee, PayeeAccount? Account, decimal Amount, IReadOnlyList<Entitlement> Entitlements, LineState State, StopReason? StopReason);

/// <summary>Makes lines out of entitlements: one for each payee, in the order of their first entitlement. Pure.</summary>
public static class PacketPlan
{
    /// <summary>The lines.</summary>
    /// <param name="entitlements">All that go into the packet.</param>
    /// <param name="payees">Their payees by id.</param>
    /// <param name="accounts">The payees' present accounts by payee.</param>
    public static IReadOnlyList<LineDraft> Of(
        IEnumerable<Entitlement> entitlements,
        IReadOnlyDictionary<Guid, Payee> payees,
        IReadOnlyDictionary<Guid, PayeeAccount> accounts) =>
    [
        .. entitlements.OrderBy(one => one.Number, StringComparer.Ordinal).GroupBy(one => one.PayeeId).Select(group =>
        {
            var items = group.ToList();
            var account = accounts.GetValueOrDefault(group.Key);
            var amount = items.Sum(one => one.Amount);
            var (state, reason) = StateOf(amount, account, items.Min(one => one.ApprovedAt));
            return new LineDraft(payees[group.Key], account, amount, items, state, reason);
        }),
    ];

    /// <summary>Whether a sum may be paid to an account.</summary>
    /// <param name="amount">Yuan.</param>
    /// <param name="account">The payee's present account; null for none.</param>
    /// <param name="approvedAt">When the oldest of the entitlements was approved.</param>
    public static (LineState State, StopReason? Reason) StateOf(decimal amount, PayeeAccount? account, DateTimeOffset approvedAt) =>
        amount == 0 ? (LineState.Offset, null)
        : amount < 0 ? (LineState.Stopped, StopReason.Recovery)
        : account?.ConfirmedAt is null ? (LineState.Stopped, StopReason.AccountMissing)
        : IsUnverifiedChange(account, approvedAt) ? (LineState.Stopped, StopReason.AccountChanged)
        : (LineState.Pending, null);

    /// <summary>Whether the account took another's place after the approval and nobody in finance made sure of it.</summary>
    public static bool IsUnverifiedChange(PayeeAccount account, DateTimeOffset approvedAt) =>
        account.ReplacesId is not null && account.ValidFrom > approvedAt && account.VerifiedAt is null;
}
