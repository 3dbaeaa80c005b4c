namespace Approvals.Core.Payouts.Packets;

/// <summary>Chinese words for states, as files and records name them; pages translate them. Pure.</summary>
public static class LineWords
{
    /// <summary>The name of a state.</summary>
    public static string Of(LineState state) => state switch
    {
        LineState.Pending => "待付",
        LineState.Paid => "已付",
        LineState.Failed => "付款失败",
        LineState.Stopped => "暂停",
        _ => "已轧抵",
    };

    /// <summary>Why a line is stopped.</summary>
    public static string Of(StopReason reason) => reason switch
    {
        StopReason.AccountMissing => "收款账户待登记确认",
        StopReason.AccountChanged => "账户变更待核实",
        _ => "应收回",
    };

    /// <summary>Remark of a line in the packet's files: as it stood when the packet was built.</summary>
    public static string RemarkOf(PacketLine line) =>
        line.BuiltStop is { } reason ? Of(reason) : line.Amount == 0 ? "已轧抵" : "";

    /// <summary>The name of a stage of the files.</summary>
    public static string Of(PacketStage stage) => stage switch
    {
        PacketStage.Queued => "排队等待生成",
        PacketStage.Tables => "正在生成表格和银行文件",
        PacketStage.Pages => "正在排版",
        PacketStage.Bundling => "正在打包",
        _ => "已生成",
    };

    /// <summary>The name of a kind of packet.</summary>
    public static string Of(PacketKind kind) => kind == PacketKind.Regular ? "拨付批次" : "更正批次";
}
