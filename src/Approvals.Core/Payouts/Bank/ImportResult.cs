using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Payouts.Bank;

/// <summary>What a result file would do.</summary>
/// <param name="Result">The stored file.</param>
/// <param name="Packet">Its packet.</param>
/// <param name="Matches">Row by row.</param>
/// <param name="Digest">Hash over what would be taken over; given back when it is applied.</param>
public sealed record ResultPreview(BankResult Result, PayoutPacket Packet, IReadOnlyList<RowMatch> Matches, string Digest)
{
    /// <summary>Rows with a verdict.</summary>
    public int Count(MatchVerdict verdict) => Matches.Count(match => match.Verdict == verdict);

    /// <summary>Amounts, in yuan, of the matching rows with this result at the bank: what would be taken over.</summary>
    public IReadOnlyList<decimal> Matching(LineState result) =>
        [.. Matches.Where(match => match.Verdict == MatchVerdict.Match && match.Row.Result == result).Select(match => match.Row.Amount)];
}

/// <summary>What came of applying a result file.</summary>
public abstract record ApplyOutcome
{
    /// <summary>Its matching rows stand in the packet, all of them.</summary>
    /// <param name="Paid">Sum of those paid, in yuan.</param>
    /// <param name="Failed">Sum of those that failed, in yuan.</param>
    /// <param name="Count">How many rows.</param>
    public sealed record Applied(int Count, decimal Paid, decimal Failed) : ApplyOutcome;

    /// <summary>Refused; nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<LineProblem> Problems) : ApplyOutcome;
}

/// <summary>What came of giving a result file.</summary>
public abstract record UploadOutcome
{
    /// <summary>Stored, to be looked at.</summary>
    public sealed record Stored(Guid ResultId) : UploadOutcome;

    /// <summary>Refused; nothing was stored.</summary>
    public sealed record Refused(IReadOnlyList<string> Problems) : UploadOutcome;
}

/// <summary>
/// 导入银行回盘文件 — first shown row by row, then taken over: the rows that match, all of them or none. Scoped.
/// </summary>
public sealed class ImportResult(
    ApprovalsDbContext db, UnitOfWork unitOfWork, SealedFiles files, AccountVault vault, MarkLines marks, AuditTrail audit,
    IOptions<BankOptions> options, TimeProvider time)
{
    /// <summary>Takes a file to be looked at; a wrong one is refused with every line that is wrong.</summary>
    public async Task<UploadOutcome> UploadAsync(
        Guid packetId, string fileName, byte[] content, Guid byId, CancellationToken cancellationToken)
    {
        var packet = await db.Packets.AsNoTracking().SingleAsync(row => row.Id == packetId, cancellationToken);
        if (packet.AcknowledgedAt is null)
            return new UploadOutcome.Refused(["批次还没有签收，请先签收"]);
        var sheet = ResultSheet.Read(content, options.Value.ResultFile);
        if (sheet.Problems.Count > 0)
            return new UploadOutcome.Refused(sheet.Problems);
        if (ResultMatch.ProblemOf(packet.Number, await MatchAsync(packet, sheet.Rows, cancellationToken)) is { } problem)
            return new UploadOutcome.Refused([problem]);
        return await unitOfWork.RunAsync(
            async scope =>
            {
                var stored = await files.SaveAsync(packetId, content, byId, cancellationToken);
                var result = new BankResult
                {
                    PacketId = packetId, FileName = fileName, FileId = stored.Id, UploadedById = byId, UploadedAt = time.GetUtcNow(),
                };
                db.BankResults.Add(result);
                audit.Record("packet.result-uploaded", "packet", packetId.ToString(), new
                {
                    result = result.Id, sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), rows = sheet.Rows.Count,
                });
                return (UploadOutcome)new UploadOutcome.Stored(result.Id);
            },
            cancellationToken);
    }

    /// <summary>What a stored file would do now; null when there is none.</summary>
    public async Task<ResultPreview?> PreviewAsync(Guid resultId, CancellationToken cancellationToken)
    {
        var result = await db.BankResults.AsNoTracking().SingleOrDefaultAsync(row => row.Id == resultId, cancellationToken);
        if (result is null)
            return null;
        var packet = await db.Packets.AsNoTracking().SingleAsync(row => row.Id == result.PacketId, cancellationToken);
        var content = await files.ReadAsync(packet.Id, result.FileId, cancellationToken);
        var matches = await MatchAsync(packet, ResultSheet.Read(content, options.Value.ResultFile).Rows, cancellationToken);
        return new ResultPreview(result, packet, matches, DigestOf(matches));
    }

    /// <summary>Takes the matching rows over.</summary>
    /// <param name="resultId">The stored file.</param>
    /// <param name="digest">Digest of what was shown.</param>
    /// <param name="byId">Who pays.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<ApplyOutcome> ApplyAsync(Guid resultId, string digest, Guid byId, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var outcome = await TakeOverAsync(resultId, digest, byId, cancellationToken);
                if (outcome is ApplyOutcome.Refused)
                    scope.Abort();
                return outcome;
            },
            cancellationToken);

    private async Task<ApplyOutcome> TakeOverAsync(Guid resultId, string digest, Guid byId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        // Race closed: two who apply one file. The guarded update has one winner; the other is told.
        var claimed = await db.BankResults.Where(row => row.Id == resultId && row.AppliedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.AppliedAt, now).SetProperty(row => row.AppliedById, byId), cancellationToken);
        if (claimed == 0 || await PreviewAsync(resultId, cancellationToken) is not { } preview)
            return Refused("此回盘文件已经应用，不能重复应用");
        if (preview.Digest != digest)
            return Refused("预览之后批次状态有变化，请重新核对后再应用");
        var taken = preview.Matches.Where(match => match.Verdict == MatchVerdict.Match).ToList();
        if (taken.Count == 0)
            return Refused("没有可以应用的明细");
        if (await marks.MarkAsync(preview.Packet.Id, [.. taken.Select(MarkOf)], byId, byBank: true, cancellationToken) is MarkOutcome.Refused refused)
            return new ApplyOutcome.Refused(refused.Problems);
        var (paid, failed) = (preview.Matching(LineState.Paid), preview.Matching(LineState.Failed));
        await db.BankResults.Where(row => row.Id == resultId).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.PaidCount, paid.Count)
                .SetProperty(row => row.FailedCount, failed.Count),
            cancellationToken);
        audit.Record("packet.result-applied", "packet", preview.Packet.Id.ToString(), new { result = resultId, rows = taken.Count });
        return new ApplyOutcome.Applied(taken.Count, paid.Sum(), failed.Sum());
    }

    private static ApplyOutcome.Refused Refused(string problem) => new([new LineProblem(0, problem)]);

    private static LineMark MarkOf(RowMatch match)
    {
        var note = match.Row.Result == LineState.Failed
            ? string.IsNullOrWhiteSpace(match.Row.Reason) ? "银行未说明原因" : match.Row.Reason
            : match.Line!.State == LineState.Pending ? null : "银行回盘：已付至原账户";
        return new LineMark(
            match.Line!.Id, match.Row.Result, Short(note, 500), Short(match.Row.BankReference, 100) is { Length: > 0 } number ? number : null);
    }

    private static string? Short(string? text, int most) => text is { } long_ && long_.Length > most ? long_[..most] : text;

    private async Task<IReadOnlyList<RowMatch>> MatchAsync(
        PayoutPacket packet, IReadOnlyList<ResultRow> rows, CancellationToken cancellationToken)
    {
        var lines = await db.PacketLines.AsNoTracking().Where(row => row.PacketId == packet.Id).OrderBy(row => row.Sequence)
            .ToListAsync(cancellationToken);
        var accounts = await (
                from line in db.PacketLines
                join account in db.PayeeAccounts on line.AccountId equals account.Id
                where line.PacketId == packet.Id
                select new { line.Id, account.SealedNumber, account.Fingerprint })
            .ToDictionaryAsync(row => row.Id, row => (row.SealedNumber, row.Fingerprint), cancellationToken);
        return ResultMatch.Of(packet.Number, rows, lines, (line, text) => IsAccount(line, text, accounts));
    }

    /// <summary>A full number by its fingerprint; a masked one by its last four digits.</summary>
    private bool IsAccount(PacketLine line, string text, Dictionary<Guid, (string SealedNumber, string Fingerprint)> accounts)
    {
        var number = AccountNumber.Normalise(text);
        return number.Length >= 4 && (number.All(char.IsAsciiDigit)
            ? accounts.TryGetValue(line.Id, out var account) && account.Fingerprint == vault.Fingerprint(account.SealedNumber, number)
            : number[^4..] == line.AccountLastFour);
    }

    private static string DigestOf(IReadOnlyList<RowMatch> matches) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', matches.Select(match =>
            $"{match.Row.Line}|{match.Line?.Id}|{match.Line?.RowVersion}|{match.Verdict}|{match.Row.Result}")))));
}
