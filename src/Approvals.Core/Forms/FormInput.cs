using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Approvals.Core.Forms;

/// <summary>A posted form, read by its definition.</summary>
/// <param name="Data">
/// Values of the fields the step may edit, empty ones as null; what cannot be read as its type stays as the text typed.
/// </param>
/// <param name="ChangesRows">True when the button that was pressed adds or takes out a row: show the form again, decide nothing.</param>
/// <param name="RemovedFiles">Attachments ticked for removal.</param>
public sealed partial record FormInput(JsonObject Data, bool ChangesRows, IReadOnlyList<Guid> RemovedFiles)
{
    /// <summary>Prefix of the names of inputs: <c>data.name</c>, <c>data.commandHistory[0].from</c>.</summary>
    public const string Prefix = "data.";

    /// <summary>Rows read when a field gives no maximum; more are not read at all.</summary>
    public const int MostRows = 100;

    /// <summary>Name of the button that adds a row; its value is the field key.</summary>
    public const string AddRow = "rows-add";

    /// <summary>Name of the button that takes a row out; its value is <c>commandHistory[1]</c>.</summary>
    public const string RemoveRow = "rows-remove";

    /// <summary>Name of the file input of a field.</summary>
    public static string FileName(string fieldKey) => $"file:{fieldKey}";

    /// <summary>Name of the checkbox that takes a file out.</summary>
    public static string RemoveFileName(Guid attachmentId) => $"remove-file:{attachmentId}";

    /// <summary>Name of the input of a path.</summary>
    public static string Name(string path) => Prefix + path;

    /// <summary>Element id of the input of a path, for labels, descriptions and links from the list of errors.</summary>
    public static string Id(string path) => "f-" + path.Replace('[', '-').Replace("].", "-", StringComparison.Ordinal).TrimEnd(']');

    /// <summary>
    /// Reads the post. Rows are renumbered in the order of their indexes. Rows in which nothing was typed are left out, unless a
    /// button changed the rows and the page is only shown again.
    /// </summary>
    public static FormInput Read(IFormCollection posted, FormDefinition form, string rightsKey)
    {
        var data = new JsonObject();
        var changesRows = false;
        foreach (var field in FormRights.For(form, rightsKey).Editable.Where(field => !field.IsFile))
        {
            if (field.Type == FieldType.Rows)
            {
                data[field.Key] = ReadRows(posted, field, ref changesRows);
            }
            else
            {
                data[field.Key] = FieldText.Read(field, posted[Name(field.Key)]);
            }
        }

        if (!changesRows)
        {
            LeaveOutEmptyRows(data);
        }

        var removed = posted.Keys.Where(key => key.StartsWith("remove-file:", StringComparison.Ordinal))
            .Select(key => Guid.TryParse(key.AsSpan("remove-file:".Length), out var id) ? id : (Guid?)null)
            .OfType<Guid>();
        return new FormInput(data, changesRows, [.. removed]);
    }

    private static JsonArray ReadRows(IFormCollection posted, FormField field, ref bool changesRows)
    {
        var most = (int)(field.Max ?? MostRows);
        var prefix = Name(field.Key) + "[";
        var indexes = posted.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => RowIndex().Match(key, prefix.Length - 1))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .Distinct().Order().Take(most + 1);

        var rows = new JsonArray();
        foreach (var index in indexes)
        {
            if (posted[RemoveRow] == $"{field.Key}[{index}]")
            {
                changesRows = true;
                continue;
            }

            var row = new JsonObject();
            foreach (var column in field.Columns)
            {
                row[column.Key] = FieldText.Read(column, posted[$"{prefix}{index}].{column.Key}"]);
            }

            rows.Add(row);
        }

        if (posted[AddRow] == field.Key)
        {
            changesRows = true;
            if (rows.Count < most)
            {
                rows.Add(new JsonObject());
            }
        }

        return rows;
    }

    private static void LeaveOutEmptyRows(JsonObject data)
    {
        foreach (var rows in data.Select(pair => pair.Value).OfType<JsonArray>())
        {
            rows.RemoveAll(row => row is JsonObject columns && columns.All(column => column.Value is null
                || column.Value.GetValueKind() == System.Text.Json.JsonValueKind.False));
        }
    }

    [GeneratedRegex(@"\G\[(\d{1,4})\]\.")]
    private static partial Regex RowIndex();
}
