namespace Approvals.Core.Payouts.Packets;

/// <summary>Where a line stands.</summary>
public enum LineState
{
    /// <summary>待付.</summary>
    Pending,

    /// <summary>已付.</summary>
    Paid,

    /// <summary>付款失败 — goes to a corrective packet.</summary>
    Failed,

    /// <summary>暂停 — not to be paid as it stands, see <see cref="StopReason"/>.</summary>
    Stopped,

    /// <summary>轧抵 — settled against the payee's line over the opposite amount; no money moves.</summary>
    Offset,
}

/// <summary>Why a line is stopped.</summary>
public enum StopReason
{
    /// <summary>没有收款账户, or none that was confirmed.</summary>
    AccountMissing,

    /// <summary>审批后收款账户有变更 — finance makes sure of the change first.</summary>
    AccountChanged,

    /// <summary>应收回 — reversals exceed what is due; the payee owes the sum.</summary>
    Recovery,
}

/// <summary>
/// What one payee gets in one packet (批次明细): a frozen copy of payee, account reference and amount. Only the state changes.
/// </summary>
public sealed class PacketLine
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Packet.</summary>
    public Guid PacketId { get; init; }

    /// <summary>序号 in the packet, from 1.</summary>
    public int Sequence { get; init; }

    /// <summary>The line of the regular packet that took the entitlements; itself for such a line.</summary>
    public Guid RootLineId { get; init; }

    /// <summary>The line it pays again; null in a regular packet. Unique: a line is corrected once.</summary>
    public Guid? CorrectsLineId { get; init; }

    /// <summary>The line that pays this one again; null while this one counts.</summary>
    public Guid? ReplacedByLineId { get; set; }

    /// <summary>Payee.</summary>
    public Guid PayeeId { get; init; }

    /// <summary>Person or unit.</summary>
    public PayeeKind PayeeKind { get; init; }

    /// <summary>Name.</summary>
    public required string PayeeName { get; init; }

    /// <summary>Identity number or credit code.</summary>
    public required string IdentityNumber { get; init; }

    /// <summary>Account it is paid to; null when there was none.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>户名.</summary>
    public string? AccountHolder { get; init; }

    /// <summary>Last four digits of the account.</summary>
    public string? AccountLastFour { get; init; }

    /// <summary>开户银行.</summary>
    public string? BankName { get; init; }

    /// <summary>联行号.</summary>
    public string? BankCode { get; init; }

    /// <summary>Yuan: the sum of the entitlements; negative only when reversals exceed what is due.</summary>
    public decimal Amount { get; init; }

    /// <summary>用途, as the bank prints it.</summary>
    public required string Purpose { get; init; }

    /// <summary>Why it was stopped when the packet was built; null when it was not. Frozen, as the packet's files show it.</summary>
    public StopReason? BuiltStop { get; init; }

    /// <summary>Where it stands.</summary>
    public LineState State { get; set; }

    /// <summary>Why it is stopped; null otherwise.</summary>
    public StopReason? StopReason { get; set; }

    /// <summary>The bank's or finance's words on the state.</summary>
    public string? StateNote { get; set; }

    /// <summary>When the state last changed.</summary>
    public DateTimeOffset StateAt { get; set; }

    /// <summary>Who changed it; null for the system.</summary>
    public Guid? StateById { get; set; }

    /// <summary>银行流水号.</summary>
    public string? BankReference { get; set; }

    /// <summary>
    /// 提交银行 — when a file that pays this line was first given out; null while none was. From then on the bank may pay it, whatever
    /// happens to the line here, so it stays for ever.
    /// </summary>
    public DateTimeOffset? ExportedAt { get; set; }

    /// <summary>Raised by every change.</summary>
    public int RowVersion { get; set; }
}

/// <summary>A result file of the bank (银行回盘文件), shown first and applied once.</summary>
public sealed class BankResult
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Packet it was given for.</summary>
    public Guid PacketId { get; init; }

    /// <summary>File name as given; display only.</summary>
    public required string FileName { get; init; }

    /// <summary>The content.</summary>
    public Guid FileId { get; init; }

    /// <summary>Who gave it.</summary>
    public Guid UploadedById { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>When its lines were taken over; null while it is only shown.</summary>
    public DateTimeOffset? AppliedAt { get; set; }

    /// <summary>Who took them over.</summary>
    public Guid? AppliedById { get; set; }

    /// <summary>Lines it marked paid.</summary>
    public int PaidCount { get; set; }

    /// <summary>Lines it marked failed.</summary>
    public int FailedCount { get; set; }
}
