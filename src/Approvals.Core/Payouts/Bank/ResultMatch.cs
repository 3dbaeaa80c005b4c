using System.Globalization;
using System.Text.RegularExpressions;
using Approvals.Core.Payouts.Packets;

namespace Approvals.Core.Payouts.Bank;

/// <summary>What a row of the result file means for the packet.</summary>
public enum MatchVerdict
{
    /// <summary>相符 — will be taken over.</summary>
    Match,

    /// <summary>相符，已登记 — the line says so already.</summary>
    Known,

    /// <summary>部分相符 — the line is found but something differs; not taken over.</summary>
    Partial,

    /// <summary>未找到 — no line of the packet.</summary>
    Unknown,
}

/// <summary>A row with the line it belongs to.</summary>
/// <param name="Row">The row.</param>
/// <param name="Line">The line; null when none was found.</param>
/// <param name="Verdict">What it means.</param>
/// <param name="Message">What differs or is to be noted, in Chinese; empty for nothing.</param>
public sealed record RowMatch(ResultRow Row, PacketLine? Line, MatchVerdict Verdict, string Message);

/// <summary>Matches the rows of a result file with the lines of a packet. Pure.</summary>
public static partial class ResultMatch
{
    /// <summary>Why the file is not this packet's, in plain Chinese; null when it may be.</summary>
    public static string? ProblemOf(string packetNumber, IReadOnlyList<RowMatch> matches)
    {
        foreach (var row in matches.Select(match => match.Row))
        {
            if (Reference().Match(row.Reference) is { Success: true } other && other.Groups[1].Value != packetNumber)
                return $"第 {row.Line} 行的明细编号 {row.Reference} 属于批次 {other.Groups[1].Value}，这不是批次 {packetNumber} 的回盘文件";
        }

        return matches.All(match => match.Verdict == MatchVerdict.Unknown)
            ? $"没有一行与批次 {packetNumber} 相符，可能是其他批次的回盘文件"
            : null;
    }

    /// <summary>The rows with their lines.</summary>
    /// <param name="packetNumber">批次号.</param>
    /// <param name="rows">Rows of the file.</param>
    /// <param name="lines">Lines of the packet.</param>
    /// <param name="isAccount">Whether a text of the bank (in full or masked) is the account of a line.</param>
    public static IReadOnlyList<RowMatch> Of(
        string packetNumber, IReadOnlyList<ResultRow> rows, IReadOnlyList<PacketLine> lines, Func<PacketLine, string, bool> isAccount)
    {
        var byReference = lines.ToDictionary(line => PacketNumber.ReferenceOf(packetNumber, line.Sequence), StringComparer.Ordinal);
        var matches = rows.Select(row => row.Reference.Length > 0
            ? byReference.TryGetValue(row.Reference, out var line) ? Compare(row, line, isAccount) : Unknown(row, "本批次没有这个明细编号")
            : ByAccount(row, lines, isAccount)).ToList();
        return [.. matches.Select(match => Twice(match, matches))];
    }

    private static RowMatch ByAccount(ResultRow row, IReadOnlyList<PacketLine> lines, Func<PacketLine, string, bool> isAccount)
    {
        var found = lines.Where(line => line.Amount == row.Amount && isAccount(line, row.Account ?? "")).ToList();
        return found.Count switch
        {
            0 => Unknown(row, "本批次没有账号和金额都相同的明细"),
            1 => Compare(row, found[0], isAccount),
            _ => new RowMatch(row, found[0], MatchVerdict.Partial, $"有 {found.Count} 笔账号和金额都相同的明细，请逐笔登记"),
        };
    }

    private static RowMatch Compare(ResultRow row, PacketLine line, Func<PacketLine, string, bool> isAccount)
    {
        var differences = new List<string>();
        if (row.Amount != line.Amount)
            differences.Add($"金额为 {Yuan(row.Amount)}，明细为 {Yuan(line.Amount)}");
        if (row.Account is { Length: > 0 } account && !isAccount(line, account))
            differences.Add("账号与明细不同");
        if (row.Holder is { Length: > 0 } holder && holder.TrimStart('\'') != line.AccountHolder)
            differences.Add("户名与明细不同");
        if (differences.Count > 0)
            return new RowMatch(row, line, MatchVerdict.Partial, string.Join("；", differences));
        if (line.State == row.Result && line.ReplacedByLineId is null)
            return new RowMatch(row, line, MatchVerdict.Known, "");
        if (LineTransitions.ProblemOf(line, row.Result, byBank: true) is { } problem)
            return new RowMatch(row, line, MatchVerdict.Partial, problem);
        var note = line.State switch
        {
            LineState.Stopped => "该笔已暂停，银行已按原账户处理，请留意",
            LineState.Paid => "原登记为已付，银行现为失败（退汇）",
            _ => "",
        };
        return new RowMatch(row, line, MatchVerdict.Match, note);
    }

    /// <summary>Two rows for one line cannot both be right.</summary>
    private static RowMatch Twice(RowMatch match, List<RowMatch> all) =>
        match.Line is { } line && match.Verdict == MatchVerdict.Match
            && all.Count(other => other.Line?.Id == line.Id && other.Verdict == MatchVerdict.Match) > 1
            ? match with { Verdict = MatchVerdict.Partial, Message = "文件中有两行对应同一笔明细，请逐笔登记" }
            : match;

    private static RowMatch Unknown(ResultRow row, string message) => new(row, null, MatchVerdict.Unknown, message);

    private static string Yuan(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(BF-\d{4}-\d{4,})-\d{5,}$")]
    private static partial Regex Reference();
}
