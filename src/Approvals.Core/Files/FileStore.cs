using System.Buffers;
using System.Security.Cryptography;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Files;

/// <summary>
/// Keeps file contents in the data folder under their SHA-256, so equal contents are stored once and a changed content is found.
/// Scoped. Checks nothing about rights: the endpoint does.
/// </summary>
public sealed class FileStore(ApprovalsDbContext db, IOptions<DataOptions> options, TimeProvider time)
{
    private readonly string root = options.Value.FilesFolder;

    /// <summary>
    /// Stores the content (durably, before the transaction that names it) and adds the row to the context; the unit of work saves it.
    /// </summary>
    /// <param name="content">Read to its end; size and kind are the caller's to check.</param>
    /// <param name="contentType">Content type found by looking at the content.</param>
    /// <param name="by">Who stores it; null for the system or the public.</param>
    /// <param name="cancellationToken">Cancelling leaves no file behind.</param>
    public async Task<StoredFile> SaveAsync(Stream content, string contentType, Guid? by, CancellationToken cancellationToken)
    {
        var (sha256, size) = await StoreAsync(content, cancellationToken);
        var file = new StoredFile
        {
            Sha256 = sha256, Size = size, ContentType = contentType, CreatedAt = time.GetUtcNow(), CreatedBy = by,
        };
        db.Files.Add(file);
        return file;
    }

    /// <summary>Stores the content alone, durably; whoever calls this names it by a row.</summary>
    /// <returns>Its hash and length.</returns>
    internal async Task<(string Sha256, long Size)> StoreAsync(Stream content, CancellationToken cancellationToken)
    {
        PrivateFolder.Create(root);
        var temporary = Path.Combine(root, $".{SortableId.New():N}.tmp");
        try
        {
            var (sha256, size) = await WriteAsync(content, temporary, cancellationToken);
            var path = PathOf(sha256);
            PrivateFolder.Create(Path.GetDirectoryName(path)!);

            // The move is atomic: another request storing the same content sees either no file or the whole one.
            File.Move(temporary, path, overwrite: true);
            return (sha256, size);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>
    /// Makes a content that its row is about to give up as young as the one that takes its place: the sweep leaves it alone for a day
    /// (<see cref="SweepFiles.Age"/>), for whoever is reading it and for a backup that has copied the database and not yet the contents.
    /// </summary>
    internal void Rejuvenate(string sha256, string successor) =>
        File.SetLastWriteTimeUtc(PathOf(sha256), File.GetLastWriteTimeUtc(PathOf(successor)));

    /// <summary>Opens the content for reading.</summary>
    /// <exception cref="FileNotFoundException">The data folder lost the content.</exception>
    public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream>(new FileStream(
            PathOf(file.Sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true));
    }

    /// <summary>Where a content lies below the store's folder.</summary>
    internal static string PathIn(string root, string sha256) => Path.Combine(root, sha256[..2], sha256[2..]);

    private string PathOf(string sha256) => PathIn(root, sha256);

    private static async Task<(string Sha256, long Size)> WriteAsync(
        Stream content, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true);
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            // To the disk before the database names it: after a power failure a committed row must not point at nothing.
            file.Flush(flushToDisk: true);
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), file.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
