using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Documents.Templates;

namespace Approvals.Core.Forms;

/// <summary>An opinion for the printed form.</summary>
/// <param name="Name">Name line as signed.</param>
/// <param name="Outcome">What was decided, e.g. 同意.</param>
/// <param name="Opinion">Opinion; null when none was written.</param>
/// <param name="At">When.</param>
/// <param name="Signature">Signature picture (PNG or JPEG); null when there is none.</param>
public sealed record PrintedOpinion(string Name, string Outcome, string? Opinion, DateTimeOffset At, byte[]? Signature = null);

/// <summary>What goes into the printed form.</summary>
/// <param name="Data">Values.</param>
/// <param name="FileNames">Field key → names of its files.</param>
/// <param name="Photos">Field key → picture, for photos and signatures.</param>
/// <param name="Opinions">Rights key of a step → its opinions.</param>
/// <param name="Authority">Body the form belongs to.</param>
/// <param name="CaseNumber">业务编号; null for a draft.</param>
/// <param name="At">When it is printed.</param>
public sealed record PrintedForm(
    JsonObject Data,
    IReadOnlyDictionary<string, IReadOnlyList<string>> FileNames,
    IReadOnlyDictionary<string, byte[]> Photos,
    IReadOnlyDictionary<string, IReadOnlyList<PrintedOpinion>> Opinions,
    string Authority,
    string? CaseNumber,
    DateTimeOffset At);

/// <summary>Lays a form out as the official paper table for the PDF. Fields hidden from the step are left empty.</summary>
public static class FormToTable
{
    /// <summary>The model of the document.</summary>
    /// <exception cref="InvalidOperationException">The form has no grid.</exception>
    public static FormTableModel Build(FormDefinition form, string rightsKey, PrintedForm printed)
    {
        var grid = form.Grid ?? throw new InvalidOperationException($"Form {form.Key} has no grid to print.");
        var rights = FormRights.For(form, rightsKey);
        return new FormTableModel
        {
            Title = form.Title,
            CaptionLeft = printed.CaseNumber is null ? null : $"业务编号：{printed.CaseNumber}",
            CaptionRight = $"打印日期：{ChinaTime.DateOf(printed.At).ToString("yyyy年M月d日", CultureInfo.InvariantCulture)}",
            Columns = [.. grid.Columns.Select(width => (float)width)],
            Rows = [.. grid.Rows.SelectMany(row => RowsOf(row, form, rights, printed))],
            Authority = printed.Authority,
            Created = printed.At,
        };
    }

    private static IEnumerable<FormRow> RowsOf(
        IReadOnlyList<GridCell> cells, FormDefinition form, FormRights rights, PrintedForm printed)
    {
        var height = Math.Max(9, cells.Max(cell => cell.MinHeight));
        var rows = cells.Select(cell => cell.Field is null ? null : form.Find(cell.Field))
            .FirstOrDefault(field => field?.Type == FieldType.Rows && rights[field] != FieldRight.Hidden);
        var span = rows is null ? 0 : cells.Single(cell => cell.Field == rows.Key).Colspan;
        return rows is not null && cells is [{ Caption: not null, Rowspan: 1 } caption, _] && span >= rows.Columns.Count
            ? Expanded(caption, rows, span, printed.Data)
            : [new FormRow([.. cells.Select(cell => CellOf(cell, form, rights, printed))], height)];
    }

    /// <summary>Repeating rows as lines of the table: headings, then a line each, beside one caption.</summary>
    private static IEnumerable<FormRow> Expanded(GridCell caption, FormField rows, int span, JsonObject data)
    {
        var lines = FieldValues.Rows(data[rows.Key]).ToList();
        var spans = rows.Columns.Select((_, index) => (span / rows.Columns.Count) + (index < span % rows.Columns.Count ? 1 : 0)).ToList();
        var heading = new FormCell.Label(caption.Caption!, caption.Colspan, Math.Max(2, lines.Count + 1));
        yield return new FormRow([heading, .. rows.Columns.Select((column, index) => new FormCell.Label(column.Label, spans[index]))], 8);
        foreach (var line in lines.DefaultIfEmpty([]))
        {
            yield return new FormRow(
                [.. rows.Columns.Select((column, index) => new FormCell.Value(
                    line.Count == 0 ? "" : FieldDisplay.OrEmpty(column, line), spans[index]))], 8);
        }
    }

    private static FormCell CellOf(GridCell cell, FormDefinition form, FormRights rights, PrintedForm printed)
    {
        if (cell.Caption is not null)
        {
            return new FormCell.Label(cell.Caption, cell.Colspan, cell.Rowspan);
        }

        if (cell.Opinions is not null)
        {
            return OpinionsOf(printed.Opinions.GetValueOrDefault(cell.Opinions, []), cell);
        }

        var field = form.Find(cell.Field!)!;
        if (rights[field] == FieldRight.Hidden || !FormContext.IsShown(field, printed.Data))
        {
            return new FormCell.Value("", cell.Colspan, cell.Rowspan);
        }

        return field.Type switch
        {
            FieldType.Photo or FieldType.Signature => new FormCell.Photo(
                printed.Photos.GetValueOrDefault(field.Key), field.Type == FieldType.Photo ? "照片" : "签名", cell.Colspan, cell.Rowspan),
            FieldType.Attachments => new FormCell.Value(
                string.Join("、", printed.FileNames.GetValueOrDefault(field.Key, [])), cell.Colspan, cell.Rowspan),
            FieldType.Rows => new FormCell.LongText(
                string.Join('\n', FieldValues.Rows(printed.Data[field.Key])
                    .Select(row => string.Join("，", field.Columns.Select(column => FieldDisplay.OrEmpty(column, row))))),
                cell.Colspan, cell.Rowspan),
            FieldType.Boolean => new FormCell.Value(Declared(field, printed.Data), cell.Colspan, cell.Rowspan),
            FieldType.LongText => new FormCell.LongText(FieldDisplay.OrEmpty(field, printed.Data), cell.Colspan, cell.Rowspan),
            _ => new FormCell.Value(FieldDisplay.OrEmpty(field, printed.Data), cell.Colspan, cell.Rowspan),
        };
    }

    private static FormCell.Opinions OpinionsOf(IReadOnlyList<PrintedOpinion> opinions, GridCell cell) => new(
        [.. opinions.Select(opinion => new FormOpinion(
            string.IsNullOrEmpty(opinion.Opinion) ? opinion.Outcome : $"{opinion.Outcome}：{opinion.Opinion}",
            new FormSignature(
                opinion.Name, ChinaTime.DateOf(opinion.At).ToString("yyyy年M月d日", CultureInfo.InvariantCulture), opinion.Signature)))],
        cell.Colspan, cell.Rowspan);

    /// <summary>A declaration is printed as what was declared, ticked; 是 alone would not say what.</summary>
    private static string Declared(FormField field, JsonObject data) => $"{(FieldValues.Boolean(data[field.Key]) ? "√" : "□")} {field.Label}";
}
