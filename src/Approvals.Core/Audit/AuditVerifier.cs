using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Audit;

/// <summary>Reads the whole chain and finds the first entry that was changed, removed or reordered. Scoped.</summary>
public sealed class AuditVerifier(ApprovalsDbContext db, CheckpointWriter checkpoints)
{
    /// <summary>How far an entry is looked for that stands in a wrong place.</summary>
    private const int SearchRange = 1000;

    /// <summary>
    /// Checks the chain, its head, and every signed checkpoint, while people work: first the checkpoints are read, so that none is newer than
    /// what it is compared with, then head and chain in one state of the database.
    /// </summary>
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var signed = await checkpoints.ReadAsync(cancellationToken);
        await using var snapshot = await SnapshotRead.BeginAsync(db, cancellationToken);
        return await CompareAsync(signed, cancellationToken);
    }

    /// <summary>The same with checkpoints that were read before the snapshot which the caller has begun.</summary>
    internal async Task<AuditVerification> CompareAsync(IReadOnlyList<AuditCheckpoint?> signed, CancellationToken cancellationToken)
    {
        var forged = signed.Select((checkpoint, index) => (checkpoint, Line: index + 1))
            .FirstOrDefault(item => item.checkpoint is null || !checkpoints.IsGenuine(item.checkpoint));
        if (forged.Line > 0)
        {
            return new AuditVerification(0, 0, new AuditBreak(
                AuditBreakKind.CheckpointForged, forged.checkpoint?.Sequence ?? 0,
                $"检查点文件第 {forged.Line} 行的签名无效，文件被改动过或签名密钥已更换。"));
        }

        var expected = signed.ToLookup(checkpoint => checkpoint!.Sequence, checkpoint => checkpoint!.Hash);
        return await ReadChainAsync(expected, cancellationToken);
    }

    private async Task<AuditVerification> ReadChainAsync(
        ILookup<long, string> expected, CancellationToken cancellationToken)
    {
        var (sequence, hash, covered, compared) = (0L, AuditHash.Genesis, 0L, 0);
        AuditEntry? wrong = null;
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        await foreach (var entry in db.AuditEntries.AsNoTracking().OrderBy(row => row.Sequence).AsAsyncEnumerable()
                           .WithCancellation(cancellationToken))
        {
            if (entry.Sequence != sequence + 1)
            {
                return Broken(AuditBreakKind.Removed, sequence + 1, $"第 {sequence + 1} 条被删除，其后是第 {entry.Sequence} 条。");
            }

            if (entry.PreviousHash != hash || entry.Hash != AuditHash.Of(entry))
            {
                wrong = entry;
                break;
            }

            (sequence, hash) = (entry.Sequence, entry.Hash);
            if (expected[sequence].Any(other => other != entry.Hash))
            {
                return Broken(AuditBreakKind.Rebuilt, covered + 1,
                    $"第 {covered + 1} 条至第 {sequence} 条之间被重建：链条自身一致，但与第 {sequence} 条的签名检查点不符。");
            }

            if (expected.Contains(sequence))
            {
                (covered, compared) = (sequence, compared + 1);
            }
        }

        if (wrong is not null)
        {
            return new AuditVerification(sequence, compared, await ExplainAsync(wrong, hash, cancellationToken));
        }

        var last = expected.Select(group => group.Key).Append(head?.Sequence ?? 0).Max();
        if (last > sequence)
        {
            return Broken(AuditBreakKind.Removed, sequence + 1, $"第 {sequence + 1} 条起被删除，链条本应到第 {last} 条。");
        }

        return head?.Sequence == sequence && head.Hash == hash
            ? new AuditVerification(sequence, compared, null)
            : Broken(AuditBreakKind.Changed, sequence, "链头与最后一条记录不符。");

        AuditVerification Broken(AuditBreakKind kind, long at, string text) => new(sequence, compared, new AuditBreak(kind, at, text));
    }

    /// <summary>
    /// Tells a changed entry from one that is whole but stands in a wrong place: the hash contains the sequence, so the place it was
    /// written for can be found again.
    /// </summary>
    private async Task<AuditBreak> ExplainAsync(AuditEntry entry, string previousHash, CancellationToken cancellationToken)
    {
        var origin = Enumerable.Range(1, SearchRange)
            .SelectMany(distance => new[] { entry.Sequence + distance, entry.Sequence - distance })
            .FirstOrDefault(sequence => entry.Hash == HashAt(entry, sequence));
        if (origin == 0)
        {
            return new AuditBreak(AuditBreakKind.Changed, entry.Sequence, $"第 {entry.Sequence} 条被修改，内容与其哈希值不符。");
        }

        var successorIsElsewhere = await db.AuditEntries.AnyAsync(
            row => row.PreviousHash == previousHash && row.Sequence != entry.Sequence, cancellationToken);
        return successorIsElsewhere
            ? new AuditBreak(AuditBreakKind.Reordered, entry.Sequence, $"第 {entry.Sequence} 条原为第 {origin} 条，顺序被调整。")
            : new AuditBreak(
                AuditBreakKind.Removed, entry.Sequence, $"第 {entry.Sequence} 条原记录被删除，现在的内容原为第 {origin} 条。");
    }

    private static string HashAt(AuditEntry entry, long sequence) => AuditHash.Of(
        sequence, entry.At, entry.ActorId, entry.Action, entry.SubjectKind, entry.SubjectId, entry.Details, entry.PreviousHash);
}
