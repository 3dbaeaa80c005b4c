using System.Globalization;
using System.Text.RegularExpressions;
using Approvals.Core.Payouts.Packets;

namespace Approvals.Core.Payouts.Bank;

/// <summary>A row of the bank's result file, read.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Reference">明细编号; empty when the file has none.</param>
/// <param name="Holder">户名; null when the file has no such column.</param>
/// <param name="Account">账号, in full or masked; null when the file has no such column.</param>
/// <param name="Amount">金额 in yuan.</param>
/// <param name="Result">Paid or failed.</param>
/// <param name="Reason">The bank's words.</param>
/// <param name="BankReference">银行流水号.</param>
public sealed record ResultRow(
    int Line, string Reference, string? Holder, string? Account, decimal Amount, LineState Result, string? Reason, string? BankReference);

/// <summary>银行回盘文件 as it was read: its rows, or what is wrong at which line; with any problem nothing may be taken over.</summary>
/// <param name="Rows">Rows in order.</param>
/// <param name="Problems">What is wrong, each with its line.</param>
public sealed record ResultSheet(IReadOnlyList<ResultRow> Rows, IReadOnlyList<string> Problems)
{
    /// <summary>Most bytes of a result file.</summary>
    public const int LargestBytes = 10 * 1024 * 1024;

    /// <summary>Reads a file. Pure.</summary>
    public static ResultSheet Read(byte[] content, ResultFileOptions options)
    {
        if (content.Length == 0)
            return Wrong("文件是空的，请重新选择");
        if (content.Length > LargestBytes)
            return Wrong("文件超过 10 MB，请确认是否选错文件");
        if (content.AsSpan().StartsWith("PK"u8))
            return Wrong("这是 Excel 文件（.xlsx），请在 Excel 或 WPS 中另存为 CSV 后再导入");
        if (BankEncoding.Decode(content) is not { } text)
            return Wrong("文件编码无法识别，应为 GB 18030 或 UTF-8 编码的 CSV 文本，请向银行确认或另存为 CSV");
        try
        {
            var rows = CsvText.Read(text);
            return rows.Count == 0 ? Wrong("文件中没有内容") : new ResultSheetReader(rows[0].Cells, options).Read(rows);
        }
        catch (FormatException error)
        {
            return Wrong(error.Message);
        }
    }

    internal static ResultSheet Wrong(params string[] problems) => new([], problems);
}

/// <summary>Reads the rows by the headings of the first one.</summary>
internal sealed partial class ResultSheetReader
{
    private readonly ResultFileOptions options;
    private readonly IReadOnlyList<string> headings;
    private readonly List<string> problems = [];

    public ResultSheetReader(IReadOnlyList<string> headings, ResultFileOptions options) =>
        (this.headings, this.options) = ([.. headings.Select(one => one.TrimStart('\ufeff').Trim())], options);

    public ResultSheet Read(IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> rows)
    {
        List<string> missing = [.. new[] { options.Amount, options.Result }.Where(one => !headings.Contains(one))];
        if (!headings.Contains(options.Reference) && !headings.Contains(options.Account))
            missing.Add($"{options.Reference}（或{options.Account}）");
        if (missing.Count > 0)
        {
            return ResultSheet.Wrong(
                $"第 {rows[0].Line} 行的表头缺少“{string.Join("”“", missing)}”列；文件中的列为：{string.Join("、", headings.Take(20))}");
        }

        var read = rows.Skip(1).Select(row => RowOf(row.Line, row.Cells)).OfType<ResultRow>().ToList();
        foreach (var twice in read.Where(row => row.Reference.Length > 0).GroupBy(row => row.Reference).Where(group => group.Count() > 1))
            problems.Add($"第 {string.Join("、", twice.Select(row => row.Line))} 行的明细编号 {twice.Key} 重复");
        if (read.Count == 0 && problems.Count == 0)
            problems.Add("文件只有表头，没有明细");
        return problems.Count > 0 ? new ResultSheet([], problems) : new ResultSheet(read, []);
    }

    private ResultRow? RowOf(int line, IReadOnlyList<string> cells)
    {
        string? Cell(string heading) => headings.ToList().IndexOf(heading) is var at and >= 0 ? at < cells.Count ? cells[at] : "" : null;
        var before = problems.Count;
        if (cells.Count != headings.Count)
            problems.Add($"第 {line} 行有 {cells.Count} 列，表头有 {headings.Count} 列");
        if (Cell(options.Currency) is { Length: > 0 } currency && currency.ToUpperInvariant() is not ("人民币" or "CNY" or "RMB" or "01"))
            problems.Add($"第 {line} 行的币种为“{currency}”，本系统只拨付人民币");
        var amount = AmountOf(Cell(options.Amount) ?? "");
        if (amount is null)
            problems.Add($"第 {line} 行的金额“{Cell(options.Amount)}”无法识别，应写作 1234.50");
        var result = ResultOf(Cell(options.Result) ?? "");
        if (result is null)
        {
            problems.Add(
                $"第 {line} 行的处理结果“{Cell(options.Result)}”无法识别，应为“{string.Join("”“", options.Paid.Concat(options.Failed))}”之一");
        }

        return problems.Count > before ? null : new ResultRow(
            line, Cell(options.Reference) ?? "", Cell(options.Holder), Cell(options.Account), amount!.Value, result!.Value,
            Cell(options.Reason), Cell(options.BankReference));
    }

    private LineState? ResultOf(string text) =>
        options.Paid.Contains(text) ? LineState.Paid : options.Failed.Contains(text) ? LineState.Failed : null;

    private static decimal? AmountOf(string text)
    {
        var plain = text.Replace(",", "", StringComparison.Ordinal).TrimStart('￥', '¥');
        return PlainAmount().IsMatch(plain) ? decimal.Parse(plain, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"^\d{1,15}(\.\d{1,2})?$")]
    private static partial Regex PlainAmount();
}
