using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Forms;

namespace Approvals.Core.Insurance;

/// <summary>A policy as a purchase records it.</summary>
/// <param name="Name">Insured, as the roster names them.</param>
/// <param name="Number">Policy number.</param>
/// <param name="Sum">Sum insured in yuan.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Scan">Which of the scans, from 1.</param>
public sealed record PolicyRow(string Name, string Number, decimal Sum, DateOnly From, DateOnly Until, int Scan)
{
    /// <summary>The rows in the data of a case; what cannot be read is left empty for the rules to find.</summary>
    public static IReadOnlyList<PolicyRow> Read(JsonObject data) =>
    [
        .. FieldValues.Rows(data["policies"]).Select(row => new PolicyRow(
            FieldValues.Text(row["name"])?.Trim() ?? "",
            FieldValues.Text(row["policyNumber"])?.Trim().ToUpperInvariant() ?? "",
            FieldValues.Decimal(row["sumInsured"]) ?? 0,
            FieldValues.Date(row["validFrom"]) ?? default,
            FieldValues.Date(row["validUntil"]) ?? default,
            FieldValues.Decimal(row["scan"]) is { } scan and >= 1 and <= 1000 ? (int)scan : 0)),
    ];
}

/// <summary>Days on which somebody has sufficient cover.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
public sealed record CoveredDays(DateOnly From, DateOnly Until);

/// <summary>What the rows are held against.</summary>
/// <param name="Members">Whom the purchase insures → the sufficient cover they have, now or later, by its first day.</param>
/// <param name="Taken">Policy numbers of this insurer that are recorded already → for whom.</param>
/// <param name="Least">Required sum in yuan, T§20.</param>
/// <param name="Quoted">Sum that was quoted and paid for.</param>
/// <param name="Scans">How many scans there are.</param>
/// <param name="Today">Today in China.</param>
public sealed record PolicyBasis(
    IReadOnlyDictionary<string, IReadOnlyList<CoveredDays>> Members, IReadOnlyDictionary<string, string> Taken, decimal Least, decimal Quoted, int Scans,
    DateOnly Today);

/// <summary>What must hold of the policies that a purchase records. Pure.</summary>
public static class PolicyRules
{
    /// <summary>Problems beside their fields; empty when everyone has a policy or a reason why not, and every policy is right.</summary>
    public static IReadOnlyList<FieldError> ErrorsOf(
        IReadOnlyList<PolicyRow> rows, IReadOnlyList<string> unissued, PolicyBasis basis)
    {
        var errors = new List<FieldError>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            void Add(string column, string label, string message) =>
                errors.Add(new FieldError($"policies[{i}].{column}", $"保险单第 {i + 1} 行 {label}", message));

            if (!basis.Members.TryGetValue(row.Name, out var covered))
                Add("name", "被保险人", $"“{row.Name}”不在本次投保名单中，请核对姓名");
            else if (!names.Add(row.Name))
                Add("name", "被保险人", $"“{row.Name}”已填写过保险单，一人只登记一份");
            if (row.Number.Length == 0)
                Add("policyNumber", "保险单号", "请填写“保险单号”");
            else if (!numbers.TryAdd(row.Number, row.Name))
                Add("policyNumber", "保险单号", $"与“{numbers[row.Number]}”的保险单号相同；团体保险请填写各人的凭证号");
            else if (basis.Taken.TryGetValue(row.Number, out var holder))
                Add("policyNumber", "保险单号", $"该保险单号已登记给{holder}，请核对；团体保险请填写各人的凭证号");
            var least = Math.Max(basis.Least, basis.Quoted);
            if (row.Sum < least)
            {
                var why = basis.Least >= basis.Quoted ? "规定额度" : "报价的保险金额";
                Add("sumInsured", "保险金额（元）", string.Create(CultureInfo.InvariantCulture, $"低于{why} {least:N2} 元，请核对或者要求承保机构更正"));
            }

            if (row.Until < row.From)
                Add("validUntil", "保险止期", $"“保险止期”不能早于 {InsuranceWords.Day(row.From)}，请核对起止日期");
            else if (row.Until < basis.Today)
                Add("validUntil", "保险止期", "保险期间已过，请核对");

            // Cover may begin later than the new one, too: a gap is filled up to the day before.
            if (covered?.FirstOrDefault(one => row.From <= one.Until && row.Until >= one.From) is { } other)
            {
                if (row.From < other.From)
                    Add("validUntil", "保险止期", $"自 {InsuranceWords.Day(other.From)} 起已有保险，新保险应至前一日止，不得重复投保");
                else
                    Add("validFrom", "保险起期", $"现有保险至 {InsuranceWords.Day(other.Until)} 止，新保险应自次日起，不得重复投保");
            }

            if (row.Scan < 1 || row.Scan > basis.Scans)
                Add("scan", "扫描件序号", $"没有第 {row.Scan} 份扫描件，现有 {basis.Scans} 份");
        }

        for (var i = 0; i < unissued.Count; i++)
        {
            var name = unissued[i];
            var message = !basis.Members.ContainsKey(name) ? $"“{name}”不在本次投保名单中，请核对姓名"
                : !names.Add(name) ? $"“{name}”已填写，一人只填一处" : null;
            if (message is not null)
                errors.Add(new FieldError($"unissued[{i}].name", $"未出单人员第 {i + 1} 行 姓名", message));
        }

        var missing = basis.Members.Keys.Where(name => !names.Contains(name)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            errors.Add(new FieldError(
                "policies", "保险单", $"{string.Join("、", missing)}没有保险单：请补填一行，或者列入“未出单人员”并写明原因"));
        }

        return errors;
    }
}
