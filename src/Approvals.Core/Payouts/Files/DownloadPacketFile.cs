using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Files;

/// <summary>下载批次文件 — for finance; account numbers are in them, so every download is recorded before it is sent. Scoped.</summary>
public sealed class DownloadPacketFile(ApprovalsDbContext db, UnitOfWork unitOfWork, PacketFiles files, AuditTrail audit)
{
    /// <summary>A file of a packet; null when there is none (yet).</summary>
    public async Task<PacketEntry?> ReadAsync(Guid packetId, PacketFileKind kind, CancellationToken cancellationToken)
    {
        var file = await db.PacketFiles.AsNoTracking()
            .SingleOrDefaultAsync(row => row.PacketId == packetId && row.Kind == kind, cancellationToken);
        if (file is null)
            return null;
        var content = await files.ReadAsync(file, cancellationToken);
        await unitOfWork.RunAsync(
            _ =>
            {
                audit.Record("packet.file-downloaded", "packet", packetId.ToString(), new { kind = kind.ToString(), file.Sha256 });
                return Task.CompletedTask;
            },
            cancellationToken);
        return new PacketEntry(file.Name, PacketFiles.ContentTypeOf(kind), content, file.Sha256);
    }
}
