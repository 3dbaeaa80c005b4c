using System.Globalization;
using System.Security.Cryptography;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Payouts.Bank;

/// <summary>
/// 导出银行代发文件 — the lines that may be paid at this moment. While nothing was stopped or paid it is the file of the packet byte for
/// byte; a line stopped since is not in it. Scoped.
/// </summary>
public sealed class TransferFileNow(
    ApprovalsDbContext db, UnitOfWork unitOfWork, ExportedLines exported, AccountVault vault, AuditTrail audit, IOptions<BankOptions> options)
{
    /// <summary>
    /// The file, recorded before it is sent, and its lines as handed to the bank; null when no line waits for payment or nobody has
    /// acknowledged the packet.
    /// </summary>
    public Task<PacketEntry?> MakeAsync(Guid packetId, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var packet = await db.Packets.AsNoTracking().SingleOrDefaultAsync(row => row.Id == packetId, cancellationToken);
            if (packet?.AcknowledgedAt is null)
            {
                scope.Abort();
                return null;
            }

            // First marked, then read: a line in the file is marked as handed to the bank, and one that is stopped meanwhile is not in it.
            await exported.WaitingAsync(packetId, cancellationToken);
            var lines = await (
                    from line in db.PacketLines.AsNoTracking()
                    join account in db.PayeeAccounts on line.AccountId equals account.Id
                    where line.PacketId == packetId && line.State == LineState.Pending && line.ExportedAt != null
                    orderby line.Sequence
                    select new { line, account.Id, account.SealedNumber })
                .ToListAsync(cancellationToken);
            if (lines.Count == 0)
            {
                scope.Abort();
                return null;
            }

            var content = TransferFile.Write(
                packet.Number, lines.Select(one => new TransferLine(one.line, vault.Open(one.Id, one.SealedNumber))), options.Value.TransferFile);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
            audit.Record("packet.transfer-file", "packet", packetId.ToString(), new
            {
                sha256, lines = lines.Count, sum = lines.Sum(one => one.line.Amount).ToString("0.00", CultureInfo.InvariantCulture),
            });
            return (PacketEntry?)new PacketEntry($"{packet.Number}-银行代发.csv", "text/csv", content, sha256);
        },
        cancellationToken);
}
