namespace Approvals.Core.Payouts.Bank;

/// <summary>Section <c>Payouts</c> of the configuration: how the bureau's bank wants its files.</summary>
public sealed class BankOptions
{
    /// <summary>Transfer file for the bank.</summary>
    public TransferFileOptions TransferFile { get; set; } = new();

    /// <summary>Result file from the bank.</summary>
    public ResultFileOptions ResultFile { get; set; } = new();
}

/// <summary>Section <c>Payouts:TransferFile</c>.</summary>
public sealed class TransferFileOptions
{
    /// <summary><c>GB18030</c> or <c>UTF-8</c> (with byte order mark).</summary>
    public string Encoding { get; set; } = "GB18030";

    /// <summary>Whether the first row names the columns.</summary>
    public bool Header { get; set; } = true;

    /// <summary>
    /// Columns in order, <c>heading:value</c>; values are <see cref="TransferColumn"/> names, or a fixed text in quotation marks. Empty
    /// for the default.
    /// </summary>
    public List<string> Columns { get; set; } = [];
}

/// <summary>What a column of the transfer file holds.</summary>
public enum TransferColumn
{
    /// <summary>序号.</summary>
    Sequence,

    /// <summary>明细编号, by which the result is matched: BF-2026-0007-00012.</summary>
    Reference,

    /// <summary>批次号.</summary>
    Packet,

    /// <summary>户名.</summary>
    Holder,

    /// <summary>账号, in full.</summary>
    Account,

    /// <summary>开户银行.</summary>
    BankName,

    /// <summary>联行号.</summary>
    BankCode,

    /// <summary>金额: 1234.50.</summary>
    Amount,

    /// <summary>币种: 人民币.</summary>
    Currency,

    /// <summary>用途.</summary>
    Purpose,

    /// <summary>对公 or 对私.</summary>
    Kind,
}

/// <summary>Section <c>Payouts:ResultFile</c>: headings of the bank's result file, several spellings each.</summary>
public sealed class ResultFileOptions
{
    /// <summary>Heading of the reference we sent.</summary>
    public string Reference { get; set; } = "明细编号";

    /// <summary>Heading of the holder.</summary>
    public string Holder { get; set; } = "户名";

    /// <summary>Heading of the account, in full or masked.</summary>
    public string Account { get; set; } = "账号";

    /// <summary>Heading of the amount.</summary>
    public string Amount { get; set; } = "金额";

    /// <summary>Heading of the currency; the column may be missing.</summary>
    public string Currency { get; set; } = "币种";

    /// <summary>Heading of the result.</summary>
    public string Result { get; set; } = "处理结果";

    /// <summary>Heading of the reason; the column may be missing.</summary>
    public string Reason { get; set; } = "失败原因";

    /// <summary>Heading of the bank's own number; the column may be missing.</summary>
    public string BankReference { get; set; } = "银行流水号";

    /// <summary>Words for success; empty for the default.</summary>
    public List<string> PaidWords { get; set; } = [];

    /// <summary>Words for failure; empty for the default.</summary>
    public List<string> FailedWords { get; set; } = [];

    /// <summary>The words for success that count.</summary>
    internal IEnumerable<string> Paid => PaidWords.Count > 0 ? PaidWords : ["成功", "已付", "交易成功", "付款成功"];

    /// <summary>The words for failure that count.</summary>
    internal IEnumerable<string> Failed => FailedWords.Count > 0 ? FailedWords : ["失败", "退汇", "交易失败", "付款失败", "已退回"];
}
