using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Packets;

/// <summary>签收 — finance takes a packet over, once its files are there. Scoped.</summary>
public sealed class AcknowledgePacket(ApprovalsDbContext db, UnitOfWork unitOfWork, AuditTrail audit, TimeProvider time)
{
    /// <summary>Acknowledges.</summary>
    /// <returns>Null when it is done; otherwise why not, in plain Chinese.</returns>
    public Task<string?> AcknowledgeAsync(Guid packetId, Guid byId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var now = time.GetUtcNow();

            // Race closed: of two who acknowledge at once, the second update finds it acknowledged.
            var done = await db.Packets
                .Where(row => row.Id == packetId && row.AcknowledgedAt == null && row.Stage == PacketStage.Ready)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.AcknowledgedAt, now)
                        .SetProperty(row => row.AcknowledgedById, byId)
                        .SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
                    cancellationToken);
            var packet = await db.Packets.AsNoTracking().SingleOrDefaultAsync(row => row.Id == packetId, cancellationToken);
            if (done == 0 || packet is null)
            {
                scope.Abort();
                return packet is null ? "没有这个批次" : packet.AcknowledgedAt is null ? "批次文件还在生成，请稍后再签收" : "批次已签收";
            }

            audit.Record("packet.acknowledged", "packet", packetId.ToString(), new { packet.Number, content = packet.ContentHash });
            return null;
        },
        cancellationToken);
}
