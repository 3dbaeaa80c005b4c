using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Bank;

/// <summary>
/// 提交银行 — notes on lines that a file which pays them is given out. Called within the unit of work that records the file, before its
/// content is sent: what may reach the bank is marked, never the other way round. Scoped.
/// </summary>
public sealed class ExportedLines(ApprovalsDbContext db, Numbering numbering, TimeProvider time)
{
    /// <summary>The lines of a packet that wait for payment: those of the transfer file of this moment.</summary>
    public async Task WaitingAsync(Guid packetId, CancellationToken cancellationToken)
    {
        await HoldAsync(packetId, cancellationToken);

        // Race closed: the payee's account changes at the same moment. The line is either stopped first and not marked, or marked first and
        // then stopped as one that the bank has.
        await MarkAsync(
            db.PacketLines.Where(row => row.PacketId == packetId && row.State == LineState.Pending && row.ExportedAt == null), cancellationToken);
    }

    /// <summary>The lines that the frozen files of a packet pay, also those that were stopped since: the file still names them.</summary>
    public async Task FrozenAsync(Guid packetId, CancellationToken cancellationToken)
    {
        await HoldAsync(packetId, cancellationToken);

        // Race closed: a corrective packet takes a stopped line, or a recovery is settled against it, at the same moment. Either it is done
        // first, and the line is not marked, or it is marked first, and they find it with the bank.
        await MarkAsync(
            db.PacketLines.Where(row => row.PacketId == packetId && row.BuiltStop == null && row.AccountId != null && row.Amount > 0
                && row.ReplacedByLineId == null && (row.State == LineState.Pending || row.State == LineState.Stopped) && row.ExportedAt == null),
            cancellationToken);
    }

    /// <summary>
    /// Corrective packets hold the ledger, and whoever marks lines holds their packet. In the same order, so that several lines are never
    /// waited for crosswise.
    /// </summary>
    private async Task HoldAsync(Guid packetId, CancellationToken cancellationToken)
    {
        await numbering.NextAsync(GrantEntitlements.LedgerLock, cancellationToken);
        await db.Packets.Where(row => row.Id == packetId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken);
    }

    private Task<int> MarkAsync(IQueryable<PacketLine> lines, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return lines.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ExportedAt, now).SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken);
    }
}
