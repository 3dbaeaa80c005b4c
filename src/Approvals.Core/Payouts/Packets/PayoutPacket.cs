namespace Approvals.Core.Payouts.Packets;

/// <summary>Why a packet exists.</summary>
public enum PacketKind
{
    /// <summary>拨付批次 — takes approved entitlements.</summary>
    Regular,

    /// <summary>更正批次 — pays again what failed or was stopped in earlier packets.</summary>
    Corrective,
}

/// <summary>How far the files of a packet are.</summary>
public enum PacketStage
{
    /// <summary>排队.</summary>
    Queued,

    /// <summary>生成表格和银行文件.</summary>
    Tables,

    /// <summary>生成版式文件.</summary>
    Pages,

    /// <summary>打包.</summary>
    Bundling,

    /// <summary>已生成.</summary>
    Ready,
}

/// <summary>
/// A payout packet (拨付批次): a frozen batch of lines. Number, lines and totals never change after it is built; only its files, the
/// receipt and the state of its lines follow.
/// </summary>
public sealed class PayoutPacket
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>批次号, gapless per year, e.g. BF-2026-0007.</summary>
    public required string Number { get; init; }

    /// <summary>Regular or corrective.</summary>
    public PacketKind Kind { get; init; }

    /// <summary>Programme code.</summary>
    public required string Programme { get; init; }

    /// <summary>Programme name as printed.</summary>
    public required string ProgrammeName { get; init; }

    /// <summary>First period in it, e.g. <c>2026-11</c>.</summary>
    public required string PeriodFrom { get; init; }

    /// <summary>Last period in it.</summary>
    public required string PeriodUntil { get; init; }

    /// <summary>Number of lines.</summary>
    public int LineCount { get; init; }

    /// <summary>Sum of all lines in yuan.</summary>
    public decimal Total { get; init; }

    /// <summary>Lines that go into the bank file when the packet is built.</summary>
    public int PayableCount { get; init; }

    /// <summary>Their sum in yuan.</summary>
    public decimal PayableTotal { get; init; }

    /// <summary>SHA-256 over the frozen content, lower-case hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>When it was built.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who built it; null for a workflow step.</summary>
    public Guid? CreatedById { get; init; }

    /// <summary>How far its files are.</summary>
    public PacketStage Stage { get; set; }

    /// <summary>Lines laid out so far, for the progress bar.</summary>
    public int RenderedLines { get; set; }

    /// <summary>When its files were complete.</summary>
    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>When finance acknowledged receipt (签收).</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>Who acknowledged.</summary>
    public Guid? AcknowledgedById { get; set; }

    /// <summary>Raised by every change.</summary>
    public int RowVersion { get; set; }
}

/// <summary>What a file of a packet is.</summary>
public enum PacketFileKind
{
    /// <summary>封面、明细表、审批页 and basis documents in one PDF, the other files embedded.</summary>
    Portfolio,

    /// <summary>明细表 .xlsx.</summary>
    Workbook,

    /// <summary>银行代发文件 .csv.</summary>
    BankFile,

    /// <summary>文件清单 with the SHA-256 of each file.</summary>
    Manifest,

    /// <summary>All of them in one .zip.</summary>
    Archive,
}

/// <summary>A file of a packet; those with full account numbers are for finance alone.</summary>
public sealed class PacketFile
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Whose.</summary>
    public Guid PacketId { get; init; }

    /// <summary>What it is; one of each.</summary>
    public PacketFileKind Kind { get; init; }

    /// <summary>File name for the download.</summary>
    public required string Name { get; init; }

    /// <summary>The content.</summary>
    public Guid FileId { get; init; }

    /// <summary>SHA-256, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }
}
