using System.Globalization;
using System.Text;
using Approvals.Core.Payouts.Packets;

namespace Approvals.Core.Payouts.Bank;

/// <summary>A line for the bank.</summary>
/// <param name="Line">The frozen line.</param>
/// <param name="AccountNumber">Its account in full.</param>
public sealed record TransferLine(PacketLine Line, string AccountNumber);

/// <summary>银行代发文件 — one row for each line that is to be paid. Pure.</summary>
public static class TransferFile
{
    private static readonly string[] DefaultColumns =
    [
        "序号:Sequence", "明细编号:Reference", "户名:Holder", "账号:Account", "开户银行:BankName", "联行号:BankCode",
        "金额:Amount", "币种:Currency", "用途:Purpose",
    ];

    /// <summary>The file.</summary>
    /// <param name="packetNumber">批次号.</param>
    /// <param name="lines">Lines in order.</param>
    /// <param name="options">Columns and encoding.</param>
    /// <exception cref="ArgumentException">The configuration names an unknown column or encoding.</exception>
    public static byte[] Write(string packetNumber, IEnumerable<TransferLine> lines, TransferFileOptions options)
    {
        var columns = ColumnsOf(options);
        var text = new StringBuilder();
        if (options.Header)
            text.Append(CsvText.Row(columns.Select(column => column.Heading)));
        foreach (var line in lines)
            text.Append(CsvText.Row(columns.Select(column => column.Value(packetNumber, line))));
        return BankEncoding.Encode(text.ToString(), options.Encoding);
    }

    /// <summary>The columns a configuration means, for writing and for checking it at start-up.</summary>
    /// <exception cref="ArgumentException">A column is not written <c>heading:value</c>, or its value is unknown.</exception>
    public static IReadOnlyList<(string Heading, Func<string, TransferLine, string> Value)> ColumnsOf(TransferFileOptions options)
    {
        _ = BankEncoding.Of(options.Encoding);
        return [.. (options.Columns.Count > 0 ? options.Columns : [.. DefaultColumns]).Select(Parse)];
    }

    private static (string Heading, Func<string, TransferLine, string> Value) Parse(string column)
    {
        var colon = column.LastIndexOf(':');
        var value = colon < 0 ? "" : column[(colon + 1)..].Trim();
        var heading = colon < 0 ? "" : column[..colon].Trim();
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"')
            return (heading, (_, _) => value[1..^1]);
        return Enum.TryParse<TransferColumn>(value, out var known) && Enum.IsDefined(known)
            ? (heading, (packet, line) => ValueOf(known, packet, line))
            : throw new ArgumentException(
                $"Payouts:TransferFile:Columns 中的“{column}”有误，应写作“表头:取值”，取值可用：{string.Join("、", Enum.GetNames<TransferColumn>())}");
    }

    private static string ValueOf(TransferColumn column, string packet, TransferLine transfer)
    {
        var line = transfer.Line;
        return column switch
        {
            TransferColumn.Sequence => line.Sequence.ToString(CultureInfo.InvariantCulture),
            TransferColumn.Reference => PacketNumber.ReferenceOf(packet, line.Sequence),
            TransferColumn.Packet => packet,
            TransferColumn.Holder => CsvText.Guarded(line.AccountHolder),
            TransferColumn.Account => transfer.AccountNumber,
            TransferColumn.BankName => CsvText.Guarded(line.BankName),
            TransferColumn.BankCode => line.BankCode ?? "",
            TransferColumn.Amount => line.Amount.ToString("0.00", CultureInfo.InvariantCulture),
            TransferColumn.Currency => "人民币",
            TransferColumn.Purpose => CsvText.Guarded(line.Purpose),
            TransferColumn.Kind => line.PayeeKind == PayeeKind.Unit ? "对公" : "对私",
            _ => throw new ArgumentOutOfRangeException(nameof(column)),
        };
    }
}
