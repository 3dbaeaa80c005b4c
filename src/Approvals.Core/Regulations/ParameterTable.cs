using System.Globalization;

namespace Approvals.Core.Regulations;

/// <summary>A parameter's value in force on a day, with the row it comes from.</summary>
/// <param name="Row">The row; its id is the parameter version that findings and decisions record.</param>
public sealed record ParameterValue(RegulationParameter Row)
{
    /// <summary>As text.</summary>
    public string Text => Row.Value;

    /// <summary>As a whole number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public int Whole => int.Parse(Row.Value, CultureInfo.InvariantCulture);

    /// <summary>As a number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public decimal Decimal => decimal.Parse(Row.Value, CultureInfo.InvariantCulture);

    /// <summary>As whole numbers, greatest first.</summary>
    /// <exception cref="FormatException">It is no list of whole numbers.</exception>
    public IReadOnlyList<int> WholeList =>
        [.. Row.Value.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).OrderDescending()];
}

/// <summary>All rows of all parameters, and which of them is in force on a day. Pure.</summary>
public sealed class ParameterTable(IEnumerable<RegulationParameter> rows)
{
    private readonly ILookup<string, RegulationParameter> byKey = rows.ToLookup(row => row.Key, StringComparer.Ordinal);

    /// <summary>
    /// The value in force on a day: the row with the latest first day not after it; of several from the same day the one set last.
    /// </summary>
    /// <exception cref="KeyNotFoundException">No row of the parameter is in force on that day.</exception>
    public ParameterValue InForce(string key, DateOnly on) => Find(key, on)
        ?? throw new KeyNotFoundException($"No value of regulation parameter {key} is in force on {on:yyyy-MM-dd}.");

    /// <summary>The same; null when there is none.</summary>
    public ParameterValue? Find(string key, DateOnly on) =>
        byKey[key].Where(row => row.EffectiveFrom <= on)
            .OrderByDescending(row => row.EffectiveFrom).ThenByDescending(row => row.SetAt).ThenByDescending(row => row.Id)
            .Select(row => new ParameterValue(row)).FirstOrDefault();

    /// <summary>Every row of a parameter, newest first.</summary>
    public IReadOnlyList<RegulationParameter> HistoryOf(string key) =>
        [.. byKey[key].OrderByDescending(row => row.EffectiveFrom).ThenByDescending(row => row.SetAt)
            .ThenByDescending(row => row.Id)];
}
