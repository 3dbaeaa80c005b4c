using System.Security.Cryptography;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Payouts.Files;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Accounts;

/// <summary>What was sealed anew.</summary>
/// <param name="Accounts">Account numbers.</param>
/// <param name="Files">Files that hold them.</param>
/// <param name="Unreadable">Accounts and files, by id, that could not be opened: spoilt, or their key is not there. They stay as they are.</param>
public sealed record SealedAnew(int Accounts, int Files, IReadOnlyList<string> Unreadable);

/// <summary>What a key has sealed.</summary>
/// <param name="Key">Its number.</param>
/// <param name="Accounts">Account numbers.</param>
/// <param name="Files">Files that hold them.</param>
public sealed record KeyUse(int Key, int Accounts, int Files);

/// <summary>
/// 用新密钥重新加密 — opens the account numbers and files that an older key sealed and seals them by the newest, in small transactions, while
/// people work. Run again it does what is left, also after it was stopped. Shows nobody anything. Scoped.
/// </summary>
public sealed class SealAnew(ApprovalsDbContext db, UnitOfWork unitOfWork, AccountVault vault, SealedFiles files, AuditTrail audit)
{
    /// <summary>Accounts in one transaction: a decision that arrives meanwhile waits for some milliseconds at most.</summary>
    public const int BatchSize = 200;

    /// <summary>Files in one transaction; they are written before it.</summary>
    private const int FilesOfABatch = 20;

    private readonly List<string> unreadable = [];

    private sealed record Owned(Guid OwnerId, StoredFile File);

    /// <summary>Seals everything by the newest key.</summary>
    public async Task<SealedAnew> RunAsync(CancellationToken cancellationToken)
    {
        unreadable.Clear();
        var accounts = await AccountsAsync(cancellationToken);
        var sealedFiles = 0;
        foreach (var batch in (await FilesAsync(cancellationToken)).Chunk(FilesOfABatch))
            sealedFiles += await ReplaceAsync(batch, cancellationToken);
        return new SealedAnew(accounts, sealedFiles, [.. unreadable]);
    }

    /// <summary>
    /// What each key has sealed; a key that is not there any more, too, and under 0 what tells no key or is gone. With nothing under it a key
    /// can be put away.
    /// </summary>
    public async Task<IReadOnlyList<KeyUse>> UseAsync(CancellationToken cancellationToken)
    {
        var accounts = new Dictionary<int, int>();
        await foreach (var text in db.PayeeAccounts.AsNoTracking().Select(row => row.SealedNumber).AsAsyncEnumerable().WithCancellation(cancellationToken))
            Count(accounts, KeyOf(text));
        var byFile = new Dictionary<int, int>();
        foreach (var one in await FilesAsync(cancellationToken))
            Count(byFile, await KeyOfAsync(one.File, cancellationToken));
        return
        [
            .. vault.Keys.Numbers().Union(accounts.Keys).Union(byFile.Keys).Order()
                .Select(key => new KeyUse(key, accounts.GetValueOrDefault(key), byFile.GetValueOrDefault(key))),
        ];
    }

    private static int KeyOf(string sealedNumber)
    {
        try
        {
            return AccountVault.KeyOf(sealedNumber);
        }
        catch (CryptographicException)
        {
            return 0;
        }
    }

    private async Task<int> KeyOfAsync(StoredFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await files.KeyOfAsync(file, cancellationToken);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private static void Count(Dictionary<int, int> counts, int key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private async Task<int> AccountsAsync(CancellationToken cancellationToken)
    {
        var (count, spoilt) = (0, new List<Guid>());
        while (true)
        {
            // Asked anew for each batch: somebody may make another key meanwhile.
            var newest = vault.NewestName();
            var rows = await db.PayeeAccounts.AsNoTracking()
                .Where(row => !row.SealedNumber.StartsWith(newest) && !spoilt.Contains(row.Id))
                .OrderBy(row => row.Id).Take(BatchSize).Select(row => new { row.Id, row.SealedNumber }).ToListAsync(cancellationToken);
            if (rows.Count == 0)
            {
                unreadable.AddRange(spoilt.Select(id => $"account {id}"));
                return count;
            }

            var numbers = new List<(Guid Id, string Was, string Number)>();
            foreach (var row in rows)
            {
                try
                {
                    numbers.Add((row.Id, row.SealedNumber, vault.Open(row.Id, row.SealedNumber)));
                }
                catch (Exception fault) when (fault is CryptographicException or FormatException)
                {
                    spoilt.Add(row.Id);
                }
            }

            count += numbers.Count == 0 ? 0 : await SealAsync(numbers, cancellationToken);
        }
    }

    private Task<int> SealAsync(List<(Guid Id, string Was, string Number)> numbers, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var count = 0;
            foreach (var (id, was, number) in numbers)
            {
                // Race closed: two who seal one account anew. Only who still finds the old text writes, text and fingerprint together, and
                // nothing else of the row: a confirmation, check or replacement of the same moment changes other columns and stands.
                var text = vault.Seal(id, number);
                var fingerprint = vault.Fingerprint(text, number);
                count += await db.PayeeAccounts.Where(row => row.Id == id && row.SealedNumber == was).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.SealedNumber, text).SetProperty(row => row.Fingerprint, fingerprint), cancellationToken);
            }

            Record(scope, accounts: count, files: 0);
            return count;
        },
        cancellationToken);

    /// <summary>Every sealed file with whom it is sealed for.</summary>
    private async Task<IReadOnlyList<Owned>> FilesAsync(CancellationToken cancellationToken)
    {
        var ofPackets = await (
                from packetFile in db.PacketFiles
                join file in db.Files.AsNoTracking() on packetFile.FileId equals file.Id
                orderby packetFile.Id
                select new { packetFile.PacketId, file })
            .ToListAsync(cancellationToken);
        var ofBanks = await (
                from result in db.BankResults
                join file in db.Files.AsNoTracking() on result.FileId equals file.Id
                orderby result.Id
                select new { result.PacketId, file })
            .ToListAsync(cancellationToken);
        return [.. ofPackets.Concat(ofBanks).Select(one => new Owned(one.PacketId, one.file))];
    }

    /// <summary>The contents are written before the transaction that names them, as every file's.</summary>
    private async Task<int> ReplaceAsync(IReadOnlyList<Owned> batch, CancellationToken cancellationToken)
    {
        var made = new List<(StoredFile Was, string Sha256, long Size)>();
        foreach (var one in batch)
        {
            try
            {
                if (await files.KeyOfAsync(one.File, cancellationToken) == vault.Keys.Newest())
                    continue;
                var (sha256, size) = await files.SealAnewAsync(one.OwnerId, one.File, cancellationToken);
                made.Add((one.File, sha256, size));
            }
            catch (Exception fault) when (fault is CryptographicException or FileNotFoundException or DirectoryNotFoundException)
            {
                unreadable.Add($"file {one.File.Id}");
            }
        }

        return made.Count == 0 ? 0 : await unitOfWork.RunAsync(
            async scope =>
            {
                var count = 0;
                foreach (var (was, sha256, size) in made)
                {
                    // Race closed: two who seal one file anew. The second does not find the hash any more and leaves the first's content;
                    // its own is named by no row and swept. Whoever has just read the row finds the old content, which stays for a day.
                    count += await db.Files.Where(row => row.Id == was.Id && row.Sha256 == was.Sha256).ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.Sha256, sha256).SetProperty(row => row.Size, size), cancellationToken);
                }

                Record(scope, accounts: 0, files: count);
                return count;
            },
            cancellationToken);
    }

    private void Record(UnitOfWorkScope scope, int accounts, int files)
    {
        if (accounts + files == 0)
            scope.Abort();
        else
            audit.Record("key.sealed-anew", "key", "payee-accounts", new { key = vault.Keys.Newest(), accounts, files });
    }
}
