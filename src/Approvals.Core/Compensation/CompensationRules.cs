using System.Globalization;
using System.Text.RegularExpressions;
using Approvals.Core.Forms;

namespace Approvals.Core.Compensation;

/// <summary>When a rescue was (救援期间): from the day an event began to the day it was closed, or today while it lasts.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
public sealed record RescuePeriod(DateOnly From, DateOnly Until);

/// <summary>What must hold of a claim for compensation and of its cuts, W四(一), each said at its line. Pure.</summary>
public static partial class CompensationRules
{
    /// <summary>What the claimant has to mend in the invoices.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="period">Days of the event.</param>
    /// <param name="scans">Scans of invoices uploaded.</param>
    public static IEnumerable<FieldError> ProblemsOfInvoices(CompensationClaim claim, RescuePeriod period, int scans)
    {
        foreach (var line in claim.Lines)
        {
            foreach (var (column, problem) in ProblemsOf(line, period, scans))
            {
                yield return At("invoices", "费用明细", line.Place, column, problem);
            }
        }

        foreach (var twins in claim.Lines.GroupBy(line => line.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            foreach (var line in twins.Skip(1))
            {
                yield return At(
                    "invoices", "费用明细", line.Place, "number", $"发票 {line.Number} 与第 {twins.First().Place} 行重复，一张发票只能申请一次");
            }
        }
    }

    /// <summary>What the section has to mend in the cuts: a cut names a line, has a reason, and leaves nothing below zero.</summary>
    public static IEnumerable<FieldError> ProblemsOfCuts(CompensationClaim claim)
    {
        var seen = new HashSet<int>();
        foreach (var cut in claim.Cuts)
        {
            var line = claim.Lines.FirstOrDefault(one => one.Place == cut.Line);
            if (line is null)
            {
                yield return At("cuts", "核减明细", cut.Place, "line", $"费用明细没有这一行，共 {claim.Lines.Count} 行，请核对行号");
            }
            else if (!seen.Add(line.Place))
            {
                yield return At("cuts", "核减明细", cut.Place, "line", $"第 {line.Place} 行已核减过，请合并为一条");
            }
            else if (cut.Amount > line.Amount)
            {
                yield return At(
                    "cuts", "核减明细", cut.Place, "amount",
                    $"核减 {Yuan(cut.Amount.Value)} 元超过第 {line.Place} 行申请的 {Yuan(line.Amount.Value)} 元，最多核减到零");
            }

            if (cut.Amount <= 0)
            {
                yield return At("cuts", "核减明细", cut.Place, "amount", "核减金额须大于零；不核减的行不用填写");
            }
        }
    }

    /// <summary>1,234.50.</summary>
    internal static string Yuan(decimal amount) => amount.ToString("#,0.00", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Column, string Problem)> ProblemsOf(InvoiceLine line, RescuePeriod period, int scans)
    {
        if (!string.Equals(line.Currency, "CNY", StringComparison.Ordinal))
            yield return ("currency", $"币种为 {line.Currency}，只能以人民币申请，请折算后重新填报并附折算依据");
        if (line.Amount <= 0)
            yield return ("amount", "金额须大于零");
        if (line.From is { } from && (from < period.From || from > period.Until))
            yield return ("from", Outside(from, period));
        else if (line.Until is { } until && until > period.Until)
            yield return ("until", Outside(until, period));
        if (!Number().IsMatch(line.Number))
            yield return ("number", "发票号码应为 8 位、10 位或 20 位数字，请对照发票核对");
        else if (line.Number.Length < 20 && !Code().IsMatch(line.Code))
            yield return ("code", "号码不足 20 位的票据须填写代码（8 至 12 位数字）");
        else if (line.Number.Length == 20 && line.Code.Length > 0)
            yield return ("code", "20 位号码的数电发票没有发票代码，请留空");
        if (line.Scan is { } scan && (scan != decimal.Truncate(scan) || scan < 1 || scan > scans))
            yield return ("scan", $"没有第 {scan.ToString(CultureInfo.InvariantCulture)} 份扫描件，已上传 {scans} 份，请核对序号");
    }

    private static string Outside(DateOnly day, RescuePeriod period) =>
        string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} 不在救援期间（{period.From:yyyy-MM-dd} 至 {period.Until:yyyy-MM-dd}）");

    private static FieldError At(string rows, string label, int place, string column, string problem) =>
        new($"{rows}[{place - 1}].{column}", $"{label}第 {place} 行", $"第 {place} 行：{problem}");

    [GeneratedRegex(@"^(\d{8}|\d{10}|\d{20})$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d{8,12}$")]
    private static partial Regex Code();
}
