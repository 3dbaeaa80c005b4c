using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Packets;

/// <summary>What a packet is to be built from.</summary>
/// <param name="Programme">Programme code.</param>
/// <param name="PeriodFrom">First period, <c>2026-11</c> or <c>2026</c>.</param>
/// <param name="PeriodUntil">Last period.</param>
public sealed record PacketRange(string Programme, string PeriodFrom, string PeriodUntil);

/// <summary>Approved entitlements of a programme that wait for a packet.</summary>
/// <param name="Programme">Code.</param>
/// <param name="ProgrammeName">Name.</param>
/// <param name="FirstPeriod">Earliest period among them.</param>
/// <param name="LastPeriod">Latest.</param>
/// <param name="Count">How many.</param>
/// <param name="Sum">Their sum in yuan.</param>
public sealed record WaitingProgramme(
    string Programme, string ProgrammeName, string FirstPeriod, string LastPeriod, int Count, decimal Sum);

/// <summary>Reads the entitlements that wait for a packet. Scoped.</summary>
public sealed class PacketSource(ApprovalsDbContext db)
{
    /// <summary>By programme, for the page on which a packet is begun.</summary>
    public async Task<IReadOnlyList<WaitingProgramme>> WaitingAsync(CancellationToken cancellationToken)
    {
        // Summed here: SQLite keeps decimals as text and cannot add them.
        var rows = await db.Entitlements.AsNoTracking().Where(row => row.LineId == null)
            .Select(row => new { row.Programme, row.ProgrammeName, row.Period, row.Amount })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.GroupBy(row => row.Programme).Select(group => new WaitingProgramme(
                    group.Key, group.First().ProgrammeName, group.Min(row => row.Period)!, group.Max(row => row.Period)!,
                    group.Count(), group.Sum(row => row.Amount)))
                .OrderBy(one => one.Programme, StringComparer.Ordinal),
        ];
    }

    /// <summary>The lines a packet would have if it were built now.</summary>
    public async Task<IReadOnlyList<LineDraft>> DraftAsync(PacketRange range, CancellationToken cancellationToken)
    {
        var entitlements = await Waiting(range).AsNoTracking().ToListAsync(cancellationToken);
        var payees = new Dictionary<Guid, Payee>();
        var accounts = new Dictionary<Guid, PayeeAccount>();
        foreach (var ids in entitlements.Select(one => one.PayeeId).Distinct().Chunk(500))
        {
            foreach (var payee in await db.Payees.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken))
                payees[payee.Id] = payee;
            var current = await db.PayeeAccounts.AsNoTracking()
                .Where(row => ids.Contains(row.PayeeId) && row.ReplacedAt == null).ToListAsync(cancellationToken);
            foreach (var account in current)
                accounts[account.PayeeId] = account;
        }

        return PacketPlan.Of(entitlements, payees, accounts);
    }

    /// <summary>The rows themselves.</summary>
    internal IQueryable<Entitlement> Waiting(PacketRange range) => db.Entitlements.Where(row =>
        row.LineId == null && row.Programme == range.Programme
        && row.Period.CompareTo(range.PeriodFrom) >= 0 && row.Period.CompareTo(range.PeriodUntil) <= 0);
}
