using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>One thing that can be picked.</summary>
/// <param name="Value">What the data holds.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record Choice(string Value, string Name, string? NameEn = null);

/// <summary>What checking and drawing a form needs beside its definition and data; plain values, loaded once.</summary>
/// <param name="RightsKey">Step the form is used at.</param>
/// <param name="Today">The day of the check, in China.</param>
/// <param name="FileCounts">Files present per field key.</param>
/// <param name="Choices">Choices per field key; of a column per <c>rows.column</c>.</param>
/// <param name="Parameters">Regulation parameters the form names → value in force today.</param>
public sealed record FormContext(
    string RightsKey,
    DateOnly Today,
    IReadOnlyDictionary<string, int> FileCounts,
    IReadOnlyDictionary<string, IReadOnlyList<Choice>> Choices,
    IReadOnlyDictionary<string, decimal> Parameters)
{
    /// <summary>Files present for a field.</summary>
    public int FilesOf(string fieldKey) => FileCounts.GetValueOrDefault(fieldKey);

    /// <summary>Choices of a field (<c>key</c>) or column (<c>rows.column</c>).</summary>
    public IReadOnlyList<Choice> ChoicesOf(string path) => Choices.GetValueOrDefault(path, []);

    /// <summary>Whether the data meets the field's condition; a field without one is always shown.</summary>
    public static bool IsShown(FormField field, JsonObject data) =>
        field.VisibleWhen is not { } condition
        || condition.In.Contains(FieldValues.Text(data[condition.Field]) ?? "", StringComparer.Ordinal);
}

/// <summary>Something to mend in a form.</summary>
/// <param name="Path">Field key, or <c>commandHistory[1].from</c> for a row's column, or <c>commandHistory</c> for the rows.</param>
/// <param name="Label">Caption of the field, for the list of errors.</param>
/// <param name="Message">How to mend it, in plain Chinese.</param>
/// <param name="IsMissing">True when nothing was given, false when what was given is wrong.</param>
public sealed record FieldError(string Path, string Label, string Message, bool IsMissing = false);
