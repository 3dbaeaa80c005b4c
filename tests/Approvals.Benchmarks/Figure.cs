using System.Text.Json;

namespace Approvals.Benchmarks;

/// <summary>One figure as a line of JSON: <c>{"figure","value","unit","reference","ratio","note"}</c>.</summary>
internal static class Figure
{
    /// <param name="name">Name of the figure.</param>
    /// <param name="value">What was measured.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="reference">The comparison, measured in the same run; null when there is none.</param>
    /// <param name="note">What else must be known: CPU time, limits, how it was counted.</param>
    public static string Line(string name, double value, string unit, double? reference, string note) => JsonSerializer.Serialize(
        new
        {
            figure = name,
            value = Math.Round(value, 3),
            unit,
            reference = reference is { } one ? Math.Round(one, 3) : (double?)null,
            ratio = reference is > 0 ? Math.Round(value / reference.Value, 3) : (double?)null,
            note,
        },
        new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
