using System.Security.Cryptography;
using Approvals.Core.Data;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Files;

/// <summary>A file as it lies in the packet.</summary>
/// <param name="Name">Path inside the archive.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Sha256">Hash, lower-case hex.</param>
public sealed record PacketEntry(string Name, string ContentType, byte[] Content, string Sha256);

/// <summary>Keeps the files of packets, encrypted, and the progress of making them. Scoped.</summary>
public sealed class PacketFiles(ApprovalsDbContext db, UnitOfWork unitOfWork, SealedFiles sealedFiles)
{
    /// <summary>The encrypted store.</summary>
    public SealedFiles Sealed => sealedFiles;

    /// <summary>The file of this kind: read when it is there, else made and stored.</summary>
    public async Task<PacketEntry> EnsureAsync(
        PayoutPacket packet, PacketFileKind kind, Func<Task<byte[]>> make, CancellationToken cancellationToken)
    {
        var (name, contentType) = NameOf(packet, kind);
        if (await FindAsync(packet, kind, cancellationToken) is { } known)
            return new PacketEntry(known.Name, contentType, await ReadAsync(known, cancellationToken), known.Sha256);
        var content = await make();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        var first = await unitOfWork.RunAsync(
            async scope =>
            {
                // Race closed: of two workers on one packet, when the first has overrun its lease. The second gets the packet's lock when the
                // first has committed, finds the file and goes on with that one. Set to itself the stage is in no index.
                await db.Packets.Where(row => row.Id == packet.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Stage, row => row.Stage), cancellationToken);
                if (await FindAsync(packet, kind, cancellationToken) is { } stored)
                    return stored;
                var file = await sealedFiles.SaveAsync(packet.Id, content, null, cancellationToken);
                db.PacketFiles.Add(new PacketFile
                {
                    PacketId = packet.Id, Kind = kind, Name = name, FileId = file.Id, Sha256 = sha256, Size = content.Length,
                });
                return null;
            },
            cancellationToken);
        return first is null
            ? new PacketEntry(name, contentType, content, sha256)
            : new PacketEntry(first.Name, contentType, await ReadAsync(first, cancellationToken), first.Sha256);
    }

    private Task<PacketFile?> FindAsync(PayoutPacket packet, PacketFileKind kind, CancellationToken cancellationToken) =>
        db.PacketFiles.AsNoTracking().SingleOrDefaultAsync(row => row.PacketId == packet.Id && row.Kind == kind, cancellationToken);

    /// <summary>Decrypts a file. Whoever calls this for a person records the look.</summary>
    /// <exception cref="CryptographicException">The content is not what was stored.</exception>
    public async Task<byte[]> ReadAsync(PacketFile file, CancellationToken cancellationToken)
    {
        var content = await sealedFiles.ReadAsync(file.PacketId, file.FileId, cancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256
            ? content
            : throw new CryptographicException($"Packet file {file.Id} is not what was stored.");
    }

    /// <summary>Says how far the job is, in a transaction of its own.</summary>
    public Task ReportAsync(Guid packetId, PacketStage stage, int lines, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        scope => db.Packets.Where(row => row.Id == packetId && row.Stage != PacketStage.Ready).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Stage, stage).SetProperty(row => row.RenderedLines, lines), cancellationToken),
        cancellationToken);

    /// <summary>Media type of a kind of file.</summary>
    public static string ContentTypeOf(PacketFileKind kind) => kind switch
    {
        PacketFileKind.Portfolio => "application/pdf",
        PacketFileKind.Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        PacketFileKind.BankFile => "text/csv",
        PacketFileKind.Manifest => "text/plain",
        _ => "application/zip",
    };

    private static (string Name, string ContentType) NameOf(PayoutPacket packet, PacketFileKind kind) => (
        packet.Number + kind switch
        {
            PacketFileKind.Portfolio => "-批次文件.pdf",
            PacketFileKind.Workbook => "-明细表.xlsx",
            PacketFileKind.BankFile => "-银行代发.csv",
            PacketFileKind.Manifest => "-文件清单.txt",
            _ => ".zip",
        },
        ContentTypeOf(kind));
}
