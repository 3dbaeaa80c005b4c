using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Forms;

namespace Approvals.Core.Payouts.Activities;

/// <summary>Where a value of a claim comes from.</summary>
/// <param name="Text">Key of a field or column, or the value itself.</param>
/// <param name="IsField">Whether it names a field.</param>
public sealed record ClaimSource(string Text, bool IsField);

/// <summary>One sum that is claimed.</summary>
/// <param name="Name">Payee.</param>
/// <param name="IdentityNumber">Identity number or credit code, normalised.</param>
/// <param name="Amount">Yuan.</param>
public sealed record ClaimLine(string Name, string IdentityNumber, decimal Amount);

/// <summary>What was read.</summary>
/// <param name="Lines">In the order of the form.</param>
/// <param name="Problem">What is missing, in Chinese; null when nothing is.</param>
public sealed record ReadClaims(IReadOnlyList<ClaimLine> Lines, string? Problem);

/// <summary>Reads who is to get how much from the data of a case. Pure; whether it may be granted is for <see cref="GrantRules"/>.</summary>
public static class ClaimReader
{
    /// <summary>Reads one payee from the fields, or one from each row of a table.</summary>
    public static ReadClaims Read(JsonObject data, string? rows, ClaimSource name, ClaimSource identity, ClaimSource amount)
    {
        var records = string.IsNullOrEmpty(rows) ? [data] : FieldValues.Rows(data[rows]).ToList();
        if (records.Count == 0)
        {
            return new ReadClaims([], $"表单中“{rows}”没有内容，没有可登记的收款人。");
        }

        var lines = new List<ClaimLine>();
        for (var i = 0; i < records.Count; i++)
        {
            var place = string.IsNullOrEmpty(rows) ? "" : $"第 {i + 1} 行";
            if (Value(records[i], name) is not { } who)
            {
                return new ReadClaims([], $"{place}没有收款人姓名或名称。");
            }

            if (Value(records[i], amount) is not { } text || !TryAmount(text, out var sum))
            {
                return new ReadClaims([], $"{place}“{who}”没有金额，或金额不是数字。");
            }

            lines.Add(new ClaimLine(who, IdentityCode.Normalise(Value(records[i], identity) ?? ""), sum));
        }

        return new ReadClaims(lines, null);
    }

    private static string? Value(JsonObject record, ClaimSource source) =>
        source.IsField ? FieldValues.Text(record[source.Text]) : source.Text.Length > 0 ? source.Text : null;

    private static bool TryAmount(string text, out decimal amount) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
}
