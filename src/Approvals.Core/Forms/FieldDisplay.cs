using System.Globalization;
using System.Text.Json.Nodes;

namespace Approvals.Core.Forms;

/// <summary>Values as they are shown and printed.</summary>
public static class FieldDisplay
{
    /// <summary>
    /// The value as text: names of picked values as they were when picked, 是/否 for declarations, amounts with thousands
    /// separators and two decimals, dates as 2026-11-22; empty when there is none. What cannot be read is shown as it is.
    /// </summary>
    /// <param name="field">Field or column; not for rows and files.</param>
    /// <param name="container">The data, or the row.</param>
    /// <param name="english">Whether declarations are said in English.</param>
    public static string Text(FormField field, JsonObject container, bool english = false)
    {
        var value = container[field.Key];
        return field.Type switch
        {
            FieldType.Boolean => FieldValues.Boolean(value) ? english ? "Yes" : "是" : english ? "No" : "否",
            FieldType.Money or FieldType.Computed when IsAmount(field) && FieldValues.Decimal(value) is { } amount => amount.ToString("#,0.00", CultureInfo.InvariantCulture),
            _ when field.IsPicked => FieldValues.Text(container[field.NameKey]) ?? FieldValues.Text(value) ?? "",
            _ => FieldValues.Text(value) is { } text ? text + field.Suffix : "",
        };
    }

    /// <summary>The value as text, or what the form says of an empty place (<see cref="FormField.WhenEmpty"/>); empty when it says nothing.</summary>
    /// <param name="field">Field or column; not for rows and files.</param>
    /// <param name="container">The data, or the row.</param>
    /// <param name="english">Whether the words of the form are wanted in English.</param>
    public static string OrEmpty(FormField field, JsonObject container, bool english = false) =>
        Text(field, container, english) is { Length: > 0 } text ? text
            : (english ? field.WhenEmptyEn ?? field.WhenEmpty : field.WhenEmpty) ?? "";

    /// <summary>Whether a field or column holds an amount in yuan; its digits stand under each other in a table.</summary>
    public static bool IsAmount(FormField field) => field.Type == FieldType.Money || field.Call?.Function == FormFunctions.Product;
}
