using Approvals.Core.Audit;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Files;

/// <summary>What a sweep removed.</summary>
/// <param name="Files">Contents.</param>
/// <param name="Bytes">Their size.</param>
public sealed record SweptFiles(int Files, long Bytes);

/// <summary>
/// 清理文件 — removes contents that no row names and that are older than a day: of uploads that were refused, of decisions that lost
/// their race, of drafts that were thrown away; and mails of the pick-up folder that nobody has finished writing. Scoped; run every night.
/// </summary>
public sealed class SweepFiles(ApprovalsDbContext db, UnitOfWork unitOfWork, AuditTrail audit, IOptions<DataOptions> options)
{
    /// <summary>A content is left alone that long, so that whoever stored it can commit the row that names it.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(1);

    private const int BatchSize = 500;

    private const string Aside = ".swept";

    private readonly string root = options.Value.FilesFolder;

    private readonly string mails = options.Value.MailFolder;

    /// <summary>Sweeps once.</summary>
    public async Task<SweptFiles> RunAsync(CancellationToken cancellationToken)
    {
        var swept = new SweptFiles(0, 0);
        if (Directory.Exists(root))
        {
            var now = DiskTime(root);
            swept = await UnnamedAsync(Leftovers(root, ".*", now), now, cancellationToken);
        }

        if (Directory.Exists(mails))
        {
            // What is not the handler's own belongs to whoever empties the folder.
            var begun = Leftovers(mails, ".*.tmp", DiskTime(mails));
            swept = new SweptFiles(swept.Files + begun.Files, swept.Bytes + begun.Bytes);
        }

        if (swept.Files > 0)
        {
            await unitOfWork.RunAsync(
                _ =>
                {
                    audit.Record("files.swept", "file-store", "files", new { files = swept.Files, bytes = swept.Bytes });
                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        return swept;
    }

    private async Task<SweptFiles> UnnamedAsync(SweptFiles swept, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var batch in Contents(now).Chunk(BatchSize))
        {
            var named = await NamedAsync(batch, cancellationToken);
            foreach (var sha256 in batch.Where(one => !named.Contains(one)))
            {
                var bytes = await RemoveAsync(sha256, now, cancellationToken);
                swept = bytes is null ? swept : new SweptFiles(swept.Files + 1, swept.Bytes + bytes.Value);
            }
        }

        return swept;
    }

    /// <summary>
    /// Race closed: the same content is being stored again right now. Storing moves a new file over the old one, so the file is taken
    /// aside first and looked at once more: a young one, or one that has been named meanwhile, goes back. What is taken aside is made
    /// young, which closes two more: another sweep that would take it for the leftover of one that was cut off, and one that would find
    /// it old where it goes back to, in the place of what has just been stored there.
    /// </summary>
    /// <returns>Bytes removed; null when it stays.</returns>
    private async Task<long?> RemoveAsync(string sha256, DateTime now, CancellationToken cancellationToken)
    {
        var (path, aside) = (FileStore.PathIn(root, sha256), Path.Combine(root, $".{sha256}.{SortableId.New():N}{Aside}"));
        try
        {
            File.Move(path, aside);
            var file = new FileInfo(aside);
            var (bytes, isOld) = (file.Length, IsOld(file, now));
            file.LastWriteTimeUtc = now;
            if (isOld && (await NamedAsync([sha256], cancellationToken)).Count == 0)
            {
                file.Delete();
                return bytes;
            }

            PutBack(file);
        }
        catch (FileNotFoundException)
        {
            // Another sweep was quicker.
        }

        return null;
    }

    private void PutBack(FileInfo aside)
    {
        var path = FileStore.PathIn(root, aside.Name.Split('.')[1]);
        try
        {
            File.Move(aside.FullName, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Stored again meanwhile: the same hash, so the same content, and as young.
            aside.Delete();
        }
    }

    /// <summary>Temporary files of uploads and mails that were cut off by the end of the process, and of sweeps that were.</summary>
    private SweptFiles Leftovers(string folder, string pattern, DateTime now)
    {
        var (files, bytes) = (0, 0L);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles(pattern).Where(one => IsOld(one, now)).ToList())
        {
            try
            {
                if (file.Extension == Aside)
                {
                    // A sweep was cut off between its two looks, a day ago; back to its place and young, to be judged in a day.
                    file.LastWriteTimeUtc = now;
                    PutBack(file);
                    continue;
                }

                var length = file.Length;
                file.Delete();
                (files, bytes) = (files + 1, bytes + length);
            }
            catch (FileNotFoundException)
            {
                // Another sweep was quicker.
            }
        }

        return new SweptFiles(files, bytes);
    }

    // A file that has just gone would seem to be of the year 1601.
    private static bool IsOld(FileInfo file, DateTime now) => file.Exists && file.LastWriteTimeUtc < now - Age;

    private IEnumerable<string> Contents(DateTime now) =>
        from folder in new DirectoryInfo(root).EnumerateDirectories("??")
        from file in folder.EnumerateFiles()
        where IsOld(file, now)
        select folder.Name + file.Name;

    private async Task<HashSet<string>> NamedAsync(string[] hashes, CancellationToken cancellationToken) =>
        (await db.Files.AsNoTracking().Where(row => hashes.Contains(row.Sha256)).Select(row => row.Sha256)
            .ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Now by the disk's own clock, which may be another machine's; ages are told by it.</summary>
    private static DateTime DiskTime(string folder)
    {
        var probe = new FileInfo(Path.Combine(folder, $".{SortableId.New():N}.tmp"));
        using (probe.Create())
        {
        }

        probe.Refresh();
        var now = probe.LastWriteTimeUtc;
        probe.Delete();
        return now;
    }
}
