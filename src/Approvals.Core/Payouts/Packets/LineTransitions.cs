namespace Approvals.Core.Payouts.Packets;

/// <summary>Which states a line may go to. Pure.</summary>
public static class LineTransitions
{
    /// <summary>What must be done with a line of <see cref="IsWithBank"/> before it is paid again or settled.</summary>
    public const string WithBank = "已提交银行，须先登记银行结果";

    /// <summary>
    /// Whether the bank was handed a line that has been stopped since, and has not answered: it may pay the account of then at any moment,
    /// so paying again or settling would pay twice.
    /// </summary>
    public static bool IsWithBank(PacketLine line) => line is { State: LineState.Stopped, ExportedAt: not null };

    /// <summary>Why a line cannot be marked so, in plain Chinese; null when it can.</summary>
    /// <param name="line">The line as it stands.</param>
    /// <param name="to">Paid or failed.</param>
    /// <param name="byBank">
    /// Whether the bank's result says so; it also tells of money that went out before a stop. Of a line that the bank was handed finance may
    /// say it by hand: not every answer of a bank is a file.
    /// </param>
    public static string? ProblemOf(PacketLine line, LineState to, bool byBank) => (line.State, to) switch
    {
        _ when line.ReplacedByLineId is not null => "已由更正批次重新支付，不能再改",
        (LineState.Offset, _) => "已轧抵，没有款项往来",
        (LineState.Pending, LineState.Paid or LineState.Failed) => null,
        (LineState.Paid, LineState.Failed) => null,
        (LineState.Failed, LineState.Paid) => null,
        (LineState.Stopped, LineState.Paid) when line.StopReason == StopReason.Recovery || byBank || IsWithBank(line) => null,
        (LineState.Stopped, LineState.Paid) => "已暂停，须先核实收款账户并列入更正批次",
        (LineState.Stopped, LineState.Failed) when line.StopReason != StopReason.Recovery && (byBank || IsWithBank(line)) => null,
        (LineState.Stopped, LineState.Failed) => "已暂停，没有付款，不能标记为失败",
        (LineState.Paid, LineState.Paid) => "已标记为已付",
        (LineState.Failed, LineState.Failed) => "已标记为付款失败",
        _ => "不能这样标记",
    };

    /// <summary>Whether the mark needs words: every one but paying what waits for payment.</summary>
    public static bool NeedsNote(LineState from, LineState to) => !(from == LineState.Pending && to == LineState.Paid);
}
