using Approvals.Core.Audit;
using Approvals.Core.Processes;

namespace Approvals.Core.Draws;

/// <summary>One thing that must hold of a record.</summary>
/// <param name="What">In Chinese.</param>
/// <param name="Holds">Whether it does.</param>
public sealed record ReplayCheck(string What, bool Holds);

/// <summary>Audit entries a record is held against; null where the chain has none.</summary>
/// <param name="Committed">The published commitment.</param>
/// <param name="Head">The entry that joined the secret number.</param>
/// <param name="Drawn">The entry of the draw.</param>
public sealed record ReplayEntries(AuditEntry? Committed, AuditEntry? Head, AuditEntry? Drawn);

/// <summary>Replays a draw from its record (复核): anybody with the record and the chain comes to the same. Pure.</summary>
public static class DrawReplay
{
    /// <summary>Everything that must hold.</summary>
    public static IReadOnlyList<ReplayCheck> Check(DrawRecord record, ReplayEntries entries)
    {
        var sheet = DrawSheet.Read(record.Sheet);
        var nonce = Bytes(sheet.Nonce);
        var seed = Bytes(sheet.Seed);
        return
        [
            new("记录的摘要与记录一致，并与审计链中的摘要一致",
                DefinitionHash.Of(record.Sheet) == record.Hash && Quotes(entries.Drawn, "draw.drawn", record, record.Hash)),
            new("随机数的承诺在确定候选人之前已记入审计链",
                Quotes(entries.Committed, "draw.committed", record, sheet.Commitment)
                    && entries.Committed!.Sequence <= sheet.AuditSequence && entries.Drawn?.Sequence > sheet.AuditSequence),
            new("公开的随机数与承诺相符", DrawSeed.CommitmentTo(nonce) == sheet.Commitment),
            new("种子由随机数和当时的审计链算出",
                entries.Head?.Hash == sheet.AuditHash && nonce.Length > 0
                    && DrawSeed.Of(nonce, sheet.DrawId, sheet.AuditSequence, sheet.AuditHash).AsSpan().SequenceEqual(seed)),
            new("用同一种子和候选人重新抽取，结果相同", Repeats(sheet, seed)),
            new("被排除的人员没有被抽中", sheet.Picks.All(pick => sheet.Subjects.Any(one => one.Id == pick.Id && one.Excluded is null))),
        ];
    }

    private static bool Quotes(AuditEntry? entry, string action, DrawRecord record, string hash) =>
        entry is not null && entry.Action == action && entry.SubjectId == record.Id.ToString() && AuditHash.Of(entry) == entry.Hash
        && entry.Details.Contains($"\"{hash}\"", StringComparison.Ordinal);

    private static bool Repeats(DrawSheet sheet, byte[] seed)
    {
        try
        {
            return sheet.Algorithm == Draw.Algorithm && Draw.Run(
                    seed, sheet.Subjects.Where(one => one.Excluded is null).Select(one => new DrawCandidate(one.Id, one.Weight)), sheet.Count)
                .SequenceEqual(sheet.Picks);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static byte[] Bytes(string hex)
    {
        try
        {
            return Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
