using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Files;

/// <summary>下载批次文件 — for finance; account numbers are in them, so every download is recorded before it is sent. Scoped.</summary>
public sealed class DownloadPacketFile(
    ApprovalsDbContext db, UnitOfWork unitOfWork, PacketFiles files, ExportedLines exported, AuditTrail audit)
{
    /// <summary>
    /// What a bank can pay by, or holds that (the portfolio embeds the other files): it may have been handed over from the moment somebody
    /// took it.
    /// </summary>
    private static readonly PacketFileKind[] ForTheBank =
        [PacketFileKind.BankFile, PacketFileKind.Workbook, PacketFileKind.Archive, PacketFileKind.Portfolio];

    /// <summary>A file of a packet; null when there is none (yet).</summary>
    public async Task<PacketEntry?> ReadAsync(Guid packetId, PacketFileKind kind, CancellationToken cancellationToken)
    {
        var file = await db.PacketFiles.AsNoTracking()
            .SingleOrDefaultAsync(row => row.PacketId == packetId && row.Kind == kind, cancellationToken);
        if (file is null)
            return null;
        var content = await files.ReadAsync(file, cancellationToken);
        await unitOfWork.RunAsync(
            async _ =>
            {
                if (ForTheBank.Contains(kind))
                    await exported.FrozenAsync(packetId, cancellationToken);
                audit.Record("packet.file-downloaded", "packet", packetId.ToString(), new { kind = kind.ToString(), file.Sha256 });
            },
            cancellationToken);
        return new PacketEntry(file.Name, PacketFiles.ContentTypeOf(kind), content, file.Sha256);
    }
}
