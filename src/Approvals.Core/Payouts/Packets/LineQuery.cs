using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Packets;

/// <summary>What narrows the lines of a packet.</summary>
/// <param name="State">Only this state; null for all.</param>
/// <param name="Term">Part of the name, or the last four digits of the account; null for all.</param>
/// <param name="Sequences">Only these 序号; empty for all.</param>
public sealed record LineFilter(LineState? State, string? Term, IReadOnlyList<int> Sequences);

/// <summary>What a line pays, with everything that explains it.</summary>
/// <param name="Line">The line.</param>
/// <param name="Packet">Its packet.</param>
/// <param name="Payee">Its payee.</param>
/// <param name="Account">The account that counts today; null for none.</param>
/// <param name="Entitlements">What it pays, oldest first.</param>
/// <param name="Chain">Every line of the same entitlements with its packet's number, oldest first.</param>
/// <param name="Names">Names of the people who claimed, approved and changed it.</param>
public sealed record LineDetails(
    PacketLine Line, PayoutPacket Packet, Payee Payee, PayeeAccount? Account, IReadOnlyList<Entitlement> Entitlements,
    IReadOnlyList<(PacketLine Line, string PacketNumber)> Chain, IReadOnlyDictionary<Guid, string> Names);

/// <summary>Reads lines for finance. Scoped.</summary>
public sealed class LineQuery(ApprovalsDbContext db)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 200;

    /// <summary>A page of lines, by 序号.</summary>
    /// <param name="packetId">Packet.</param>
    /// <param name="filter">What narrows them.</param>
    /// <param name="after">Only lines behind this 序号.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<List<PacketLine>> PageAsync(
        Guid packetId, LineFilter filter, int after, int most, CancellationToken cancellationToken) =>
        Lines(packetId, filter).Where(row => row.Sequence > after).OrderBy(row => row.Sequence).Take(most).ToListAsync(cancellationToken);

    /// <summary>Count and sum of all lines the filter leaves.</summary>
    public async Task<(int Count, decimal Sum)> SumAsync(Guid packetId, LineFilter filter, CancellationToken cancellationToken) => (
        await Lines(packetId, filter).CountAsync(cancellationToken),
        await Lines(packetId, filter).SumAsync(row => row.Amount, cancellationToken));

    /// <summary>Everything about a line; null when there is none.</summary>
    public async Task<LineDetails?> FindAsync(Guid lineId, CancellationToken cancellationToken)
    {
        var line = await db.PacketLines.AsNoTracking().SingleOrDefaultAsync(row => row.Id == lineId, cancellationToken);
        if (line is null)
            return null;
        var packet = await db.Packets.AsNoTracking().SingleAsync(row => row.Id == line.PacketId, cancellationToken);
        var payee = await db.Payees.AsNoTracking().SingleAsync(row => row.Id == line.PayeeId, cancellationToken);
        var account = await db.PayeeAccounts.AsNoTracking()
            .SingleOrDefaultAsync(row => row.PayeeId == line.PayeeId && row.ReplacedAt == null, cancellationToken);
        var entitlements = await db.Entitlements.AsNoTracking().Where(row => row.LineId == line.RootLineId).OrderBy(row => row.Number)
            .ToListAsync(cancellationToken);
        var chain = await (
                from row in db.PacketLines.AsNoTracking()
                join owner in db.Packets on row.PacketId equals owner.Id
                where row.RootLineId == line.RootLineId
                orderby row.Id
                select new { row, owner.Number })
            .ToListAsync(cancellationToken);
        var people = entitlements.SelectMany(one => new[] { one.ClaimedById, one.ApprovedById })
            .Concat(chain.Select(one => one.row.StateById).OfType<Guid>()).Distinct().ToList();
        var names = await db.People.AsNoTracking().Where(row => people.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        return new LineDetails(
            line, packet, payee, account, entitlements, [.. chain.Select(one => (one.row, one.Number))], names);
    }

    private IQueryable<PacketLine> Lines(Guid packetId, LineFilter filter)
    {
        var query = db.PacketLines.AsNoTracking().Where(row => row.PacketId == packetId);
        if (filter.State is { } state)
            query = query.Where(row => row.State == state);
        if (!string.IsNullOrWhiteSpace(filter.Term))
        {
            var term = filter.Term.Trim();
            query = query.Where(row => row.PayeeName.Contains(term) || row.AccountLastFour == term);
        }

        if (filter.Sequences.Count > 0)
            query = query.Where(row => filter.Sequences.Contains(row.Sequence));
        return query;
    }
}
