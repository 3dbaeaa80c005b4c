using System.Text.Json.Nodes;
using Approvals.Core.Forms;

namespace Approvals.Core.Compensation;

/// <summary>One line of a claim: an invoice and what it paid for.</summary>
/// <param name="Place">Row on the form, from 1.</param>
/// <param name="Kind">Kind of cost in words, e.g. 消耗物资.</param>
/// <param name="Item">What for.</param>
/// <param name="From">First day of the cost; null when it cannot be read.</param>
/// <param name="Until">Last day; <paramref name="From"/> when not given.</param>
/// <param name="Code">发票代码; empty for a number of 20 digits.</param>
/// <param name="Number">发票号码.</param>
/// <param name="Date">开票日期.</param>
/// <param name="Seller">销售方.</param>
/// <param name="Currency">Currency code, e.g. CNY.</param>
/// <param name="Amount">Yuan claimed; null when it cannot be read.</param>
/// <param name="Scan">Which of the uploaded scans shows it, from 1.</param>
public sealed record InvoiceLine(
    int Place, string Kind, string Item, DateOnly? From, DateOnly? Until, string Code, string Number, DateOnly? Date, string Seller,
    string Currency, decimal? Amount, decimal? Scan)
{
    /// <summary>What makes an invoice the same one, whatever case names it: its code and number.</summary>
    public string Key => Code.Length == 0 ? Number : $"{Code}/{Number}";
}

/// <summary>A cut by the section (核减).</summary>
/// <param name="Place">Row among the cuts, from 1.</param>
/// <param name="Line">Line of the claim it cuts, from 1; null when it cannot be read.</param>
/// <param name="Amount">Yuan cut; null when it cannot be read.</param>
/// <param name="Reason">Why.</param>
public sealed record CutLine(int Place, decimal? Line, decimal? Amount, string Reason);

/// <summary>What a line comes to after the audit.</summary>
/// <param name="Invoice">The line.</param>
/// <param name="Cut">Yuan cut, 0 when nothing is.</param>
/// <param name="Reason">Why; empty without a cut.</param>
public sealed record AuditedLine(InvoiceLine Invoice, decimal Cut, string Reason)
{
    /// <summary>Yuan claimed.</summary>
    public decimal Claimed => Invoice.Amount ?? 0;

    /// <summary>Yuan approved.</summary>
    public decimal Approved => Claimed - Cut;
}

/// <summary>应急救援补偿申请 — invoices and cuts as they stand in the data of a case, W四(一). Pure; incomplete data gives incomplete lines.</summary>
/// <param name="Lines">Invoices in the order of the form.</param>
/// <param name="Cuts">Cuts in the order of the form.</param>
public sealed record CompensationClaim(IReadOnlyList<InvoiceLine> Lines, IReadOnlyList<CutLine> Cuts)
{
    /// <summary>The process.</summary>
    public const string Process = "compensation";

    /// <summary>Name of the entitlements' programme as printed.</summary>
    public const string ProgrammeName = "应急救援补偿";

    /// <summary>Sum claimed, in yuan.</summary>
    public decimal Claimed => Lines.Sum(line => line.Amount ?? 0);

    /// <summary>Sum cut, in yuan.</summary>
    public decimal Cut => Cuts.Sum(cut => cut.Amount ?? 0);

    /// <summary>Sum approved, in yuan.</summary>
    public decimal Approved => Claimed - Cut;

    /// <summary>Reads the claim of a case.</summary>
    public static CompensationClaim Read(JsonObject data) => Read(data["invoices"], data["cuts"]);

    /// <summary>Reads the claim from its two tables.</summary>
    public static CompensationClaim Read(JsonNode? invoices, JsonNode? cuts) => new(
        [.. FieldValues.Rows(invoices).Select(LineOf)],
        [
            .. FieldValues.Rows(cuts).Select((row, index) => new CutLine(
                index + 1, FieldValues.Decimal(row["line"]), FieldValues.Decimal(row["amount"]), FieldValues.Text(row["reason"]) ?? "")),
        ]);

    /// <summary>The lines with their cuts.</summary>
    public IReadOnlyList<AuditedLine> Audited() =>
    [
        .. Lines.Select(line =>
        {
            var cuts = Cuts.Where(cut => cut.Line == line.Place).ToList();
            return new AuditedLine(line, cuts.Sum(cut => cut.Amount ?? 0), string.Join("；", cuts.Select(cut => cut.Reason)));
        }),
    ];

    private static InvoiceLine LineOf(JsonObject row, int index)
    {
        var from = FieldValues.Date(row["from"]);
        return new InvoiceLine(
            index + 1, FieldValues.Text(row["kindName"]) ?? FieldValues.Text(row["kind"]) ?? "", FieldValues.Text(row["item"]) ?? "", from,
            FieldValues.Date(row["until"]) ?? from, Digits(row["code"]), Digits(row["number"]), FieldValues.Date(row["date"]),
            FieldValues.Text(row["seller"]) ?? "", FieldValues.Text(row["currency"]) ?? "CNY", FieldValues.Decimal(row["amount"]),
            FieldValues.Decimal(row["scan"]));
    }

    private static string Digits(JsonNode? value) =>
        string.Concat((FieldValues.Text(value) ?? "").Normalize(System.Text.NormalizationForm.FormKC).Where(one => !char.IsWhiteSpace(one)));
}
