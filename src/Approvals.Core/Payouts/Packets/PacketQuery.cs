using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Packets;

/// <summary>How far a packet is, for lists.</summary>
public enum PacketProgress
{
    /// <summary>待签收.</summary>
    Unacknowledged,

    /// <summary>待付款 — lines wait for payment.</summary>
    Open,

    /// <summary>待处理 — lines failed or were stopped.</summary>
    Attention,

    /// <summary>已结清.</summary>
    Settled,
}

/// <summary>Lines of a packet in one state.</summary>
/// <param name="State">The state.</param>
/// <param name="Count">How many.</param>
/// <param name="Sum">Their sum in yuan.</param>
public sealed record StateSum(LineState State, int Count, decimal Sum);

/// <summary>A packet in a list.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="States">Its lines by state; lines that a later packet pays again are left out.</param>
/// <param name="Replaced">Lines that a later packet pays again.</param>
/// <param name="ReplacedSum">Their sum in yuan; with the sums of <paramref name="States"/> it is the packet's total.</param>
public sealed record PacketSummary(PayoutPacket Packet, IReadOnlyList<StateSum> States, int Replaced, decimal ReplacedSum)
{
    /// <summary>Lines in a state.</summary>
    public int Count(LineState state) => States.Where(one => one.State == state).Sum(one => one.Count);

    /// <summary>The sum of the lines in a state, in yuan.</summary>
    public decimal Sum(LineState state) => States.Where(one => one.State == state).Sum(one => one.Sum);

    /// <summary>How far it is.</summary>
    public PacketProgress Progress =>
        Packet.AcknowledgedAt is null ? PacketProgress.Unacknowledged
        : Count(LineState.Failed) + Count(LineState.Stopped) > 0 ? PacketProgress.Attention
        : Count(LineState.Pending) > 0 ? PacketProgress.Open
        : PacketProgress.Settled;
}

/// <summary>Reads packets for finance. Scoped.</summary>
public sealed class PacketQuery(ApprovalsDbContext db)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 20;

    /// <summary>A page of packets, newest first.</summary>
    /// <param name="progress">Only those; null for all.</param>
    /// <param name="programme">Only this programme; null for all.</param>
    /// <param name="before">Only packets older than this one; null for the first page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<PacketSummary>> PageAsync(
        PacketProgress? progress, string? programme, Guid? before, CancellationToken cancellationToken)
    {
        var query = Filter(db.Packets.AsNoTracking(), progress);
        if (!string.IsNullOrEmpty(programme))
            query = query.Where(row => row.Programme == programme);
        if (before is { } id)
        {
            var mark = await db.Packets.Where(row => row.Id == id).Select(row => row.CreatedAt).SingleOrDefaultAsync(cancellationToken);
            query = query.Where(row => row.CreatedAt < mark);
        }

        var packets = await query.OrderByDescending(row => row.CreatedAt).Take(PageSize).ToListAsync(cancellationToken);
        return await SummariesAsync(packets, cancellationToken);
    }

    /// <summary>One packet; null when there is none.</summary>
    public async Task<PacketSummary?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var packet = await db.Packets.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return packet is null ? null : (await SummariesAsync([packet], cancellationToken))[0];
    }

    /// <summary>How many packets are how far.</summary>
    public async Task<IReadOnlyDictionary<PacketProgress, int>> CountsAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<PacketProgress, int>();
        foreach (var progress in Enum.GetValues<PacketProgress>())
            counts[progress] = await Filter(db.Packets, progress).CountAsync(cancellationToken);
        return counts;
    }

    /// <summary>Programmes that have packets.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> ProgrammesAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Packets.AsNoTracking().Select(row => new { row.Programme, row.ProgrammeName }).Distinct()
            .ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => row.Programme).Select(group => (group.Key, group.Last().ProgrammeName)).OrderBy(one => one.Key)];
    }

    private IQueryable<PayoutPacket> Filter(IQueryable<PayoutPacket> packets, PacketProgress? progress) => progress switch
    {
        PacketProgress.Unacknowledged => packets.Where(row => row.AcknowledgedAt == null),
        PacketProgress.Attention => packets.Where(row => row.AcknowledgedAt != null && Current().Any(line =>
            line.PacketId == row.Id && (line.State == LineState.Failed || line.State == LineState.Stopped))),
        PacketProgress.Open => packets.Where(row => row.AcknowledgedAt != null
            && !Current().Any(line => line.PacketId == row.Id && (line.State == LineState.Failed || line.State == LineState.Stopped))
            && Current().Any(line => line.PacketId == row.Id && line.State == LineState.Pending)),
        PacketProgress.Settled => packets.Where(row => row.AcknowledgedAt != null && !Current().Any(line =>
            line.PacketId == row.Id && line.State != LineState.Paid && line.State != LineState.Offset)),
        _ => packets,
    };

    private IQueryable<PacketLine> Current() => db.PacketLines.Where(line => line.ReplacedByLineId == null);

    private async Task<IReadOnlyList<PacketSummary>> SummariesAsync(
        IReadOnlyList<PayoutPacket> packets, CancellationToken cancellationToken)
    {
        var ids = packets.Select(row => row.Id).ToList();
        var sums = await db.PacketLines.Where(line => ids.Contains(line.PacketId))
            .GroupBy(line => new { line.PacketId, line.State, IsReplaced = line.ReplacedByLineId != null })
            .Select(group => new { group.Key.PacketId, group.Key.State, group.Key.IsReplaced, Count = group.Count(), Sum = group.Sum(line => line.Amount) })
            .ToListAsync(cancellationToken);
        var byPacket = sums.ToLookup(row => row.PacketId);
        return
        [
            .. packets.Select(packet => new PacketSummary(
                packet,
                [.. byPacket[packet.Id].Where(row => !row.IsReplaced).Select(row => new StateSum(row.State, row.Count, row.Sum)).OrderBy(row => row.State)],
                byPacket[packet.Id].Where(row => row.IsReplaced).Sum(row => row.Count),
                byPacket[packet.Id].Where(row => row.IsReplaced).Sum(row => row.Sum))),
        ];
    }
}
