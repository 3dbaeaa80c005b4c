using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Packets;

/// <summary>轧抵 — settles what a payee is still owed against what the payee owes back, when both are the same sum. Scoped.</summary>
public sealed class OffsetLines(ApprovalsDbContext db, UnitOfWork unitOfWork, MarkLines marks, AuditTrail audit, TimeProvider time)
{
    /// <summary>
    /// Lines that are owed to the payee of a recovery over the same sum: failed or stopped, and not paid again. What the bank may still pay
    /// is not among them.
    /// </summary>
    public async Task<List<PacketLine>> PartnersAsync(PacketLine recovery, CancellationToken cancellationToken) =>
        [.. (await OwedAsync(recovery, cancellationToken)).Where(row => !LineTransitions.IsWithBank(row))];

    private Task<List<PacketLine>> OwedAsync(PacketLine recovery, CancellationToken cancellationToken) => db.PacketLines.AsNoTracking()
        .Where(row => row.PayeeId == recovery.PayeeId && row.Amount == -recovery.Amount && row.ReplacedByLineId == null
            && (row.State == LineState.Failed || row.State == LineState.Stopped))
        .OrderBy(row => row.Id)
        .ToListAsync(cancellationToken);

    /// <summary>Settles a recovery line against its oldest partner.</summary>
    /// <param name="recoveryId">The line over the negative sum.</param>
    /// <param name="byId">Who does it; as strict as paying.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<MarkOutcome> OffsetAsync(Guid recoveryId, Guid byId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var recovery = await db.PacketLines.AsNoTracking().SingleOrDefaultAsync(row => row.Id == recoveryId, cancellationToken);
            if (recovery is not { State: LineState.Stopped, StopReason: StopReason.Recovery })
                return Refuse("该笔不是待收回的款项");
            var owed = await OwedAsync(recovery, cancellationToken);
            if (owed.Find(row => !LineTransitions.IsWithBank(row)) is not { } partner)
            {
                return Refuse(owed.Count > 0
                    ? $"{recovery.PayeeName}的同额款项已提交银行，须先登记银行结果" : $"{recovery.PayeeName}没有同样金额的未付款项可以轧抵");
            }

            foreach (var line in new[] { recovery, partner })
            {
                if ((await marks.ConflictsAsync(line.PacketId, byId, cancellationToken)).GetValueOrDefault(line.Id) is { } conflict)
                    return Refuse(conflict);
            }

            var now = time.GetUtcNow();

            // Race closed: either line paid, corrected, settled or handed to the bank meanwhile leaves fewer than two, and everything is
            // given up.
            var changed = await db.PacketLines
                .Where(row => (row.Id == recovery.Id || row.Id == partner.Id) && row.ReplacedByLineId == null
                    && (row.State == LineState.Failed || (row.State == LineState.Stopped && row.ExportedAt == null)))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, LineState.Offset)
                        .SetProperty(row => row.StopReason, (StopReason?)null)
                        .SetProperty(row => row.StateNote, "收付同额轧抵")
                        .SetProperty(row => row.StateAt, now)
                        .SetProperty(row => row.StateById, byId)
                        .SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
                    cancellationToken);
            if (changed != 2)
                return Refuse("款项状态刚刚有变化，请刷新后重试");
            audit.Record("packet.lines-offset", "packet", recovery.PacketId.ToString(), new { recovery = recovery.Id, partner = partner.Id });
            return new MarkOutcome.Marked(2, 0m);

            MarkOutcome Refuse(string message)
            {
                scope.Abort();
                return new MarkOutcome.Refused(message);
            }
        },
        cancellationToken);
}
