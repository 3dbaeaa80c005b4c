using Approvals.Core.Data;
using Approvals.Core.Files;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Files;

/// <summary>Files with account numbers in them: in the store they lie encrypted, for one owner each. Scoped.</summary>
public sealed class SealedFiles(ApprovalsDbContext db, FileStore files, AccountVault vault)
{
    /// <summary>Content type of the encrypted contents.</summary>
    public const string ContentType = "application/octet-stream";

    /// <summary>Encrypts and stores a file; the unit of work saves its row.</summary>
    public async Task<StoredFile> SaveAsync(Guid ownerId, byte[] content, Guid? byId, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(vault.SealFile(ownerId, content), writable: false);
        return await files.SaveAsync(stream, ContentType, byId, cancellationToken);
    }

    /// <summary>Reads and decrypts a file. Whoever calls this for a person records the look.</summary>
    public async Task<byte[]> ReadAsync(Guid ownerId, Guid fileId, CancellationToken cancellationToken) =>
        vault.OpenFile(ownerId, await PlainAsync(fileId, cancellationToken));

    /// <summary>Reads a file that is stored as it is.</summary>
    public async Task<byte[]> PlainAsync(Guid fileId, CancellationToken cancellationToken) =>
        await BytesAsync(await db.Files.AsNoTracking().SingleAsync(row => row.Id == fileId, cancellationToken), cancellationToken);

    /// <summary>Number of the key that sealed a file.</summary>
    public async Task<int> KeyOfAsync(StoredFile file, CancellationToken cancellationToken)
    {
        await using var stream = await files.OpenAsync(file, cancellationToken);
        var head = new byte[AccountVault.FileHeadBytes];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return AccountVault.KeyOfFile(head.AsSpan(0, read));
    }

    /// <summary>Encrypts a file by the newest key and stores it beside the old content; its row is the caller's to change.</summary>
    /// <returns>Hash and length of the new content.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It cannot be opened.</exception>
    public async Task<(string Sha256, long Size)> SealAnewAsync(Guid ownerId, StoredFile file, CancellationToken cancellationToken)
    {
        var content = vault.OpenFile(ownerId, await BytesAsync(file, cancellationToken));
        using var stream = new MemoryStream(vault.SealFile(ownerId, content), writable: false);
        var stored = await files.StoreAsync(stream, cancellationToken);
        files.Rejuvenate(file.Sha256, stored.Sha256);
        return stored;
    }

    private async Task<byte[]> BytesAsync(StoredFile file, CancellationToken cancellationToken)
    {
        await using var stream = await files.OpenAsync(file, cancellationToken);
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }
}
