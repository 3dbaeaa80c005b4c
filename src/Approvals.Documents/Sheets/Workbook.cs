using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Approvals.Documents.Sheets;

/// <summary>
/// Writes .xlsx files that Excel and WPS open: numbers are numbers, texts are texts, the heading row stands still. Rows are streamed;
/// the same sheets give the same bytes.
/// </summary>
public static class Workbook
{
    /// <summary>First day a zip entry can carry; fixed, so that the clock leaves no trace in the file.</summary>
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The workbook as a file.</summary>
    /// <exception cref="ArgumentException">A row has a value of a type that no cell holds.</exception>
    public static byte[] Write(params IReadOnlyList<Sheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>("rIdStyles").Stylesheet = SheetStyles.Create();
            var list = new DocumentFormat.OpenXml.Spreadsheet.Sheets();
            for (var i = 0; i < sheets.Count; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"rId{i + 1}");
                WriteSheet(workbook.AddNewPart<WorksheetPart>(id), sheets[i], isFirst: i == 0);
                list.Append(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Name = sheets[i].Name, SheetId = (uint)i + 1, Id = id });
            }

            workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(list);
        }

        return WithoutClock(stream);
    }

    private static void WriteSheet(WorksheetPart part, Sheet sheet, bool isFirst)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(new Pane
        {
            VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen,
        })
        {
            WorkbookViewId = 0, TabSelected = isFirst,
        }));
        writer.WriteElement(new Columns(sheet.Columns.Select((column, index) => new Column
        {
            Min = (uint)index + 1, Max = (uint)index + 1, Width = column.Width, CustomWidth = true,
        })));
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, [.. sheet.Columns.Select(column => column.Heading)], sheet.Columns, SheetStyles.Heading);
        var rows = 1;
        foreach (var row in sheet.Rows)
        {
            WriteRow(writer, row, sheet.Columns, SheetStyles.Plain);
            rows++;
        }

        if (sheet.Total is { } total)
        {
            WriteRow(writer, total, sheet.Columns, SheetStyles.Total);
        }

        writer.WriteEndElement();
        writer.WriteElement(new AutoFilter
        {
            Reference = string.Create(CultureInfo.InvariantCulture, $"A1:{ColumnName(sheet.Columns.Count)}{rows}"),
        });
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, IReadOnlyList<object?> cells, IReadOnlyList<SheetColumn> columns, int style)
    {
        writer.WriteStartElement(new Row());
        for (var i = 0; i < columns.Count; i++)
        {
            var kind = style == SheetStyles.Heading ? SheetColumnKind.Text : columns[i].Kind;
            writer.WriteElement(CellOf(i < cells.Count ? cells[i] : null, SheetStyles.Of(kind, style)));
        }

        writer.WriteEndElement();
    }

    private static Cell CellOf(object? value, uint style) => value switch
    {
        null => new Cell { StyleIndex = style },
        string text => new Cell
        {
            DataType = CellValues.InlineString,
            StyleIndex = style,
            InlineString = new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }),
        },
        int number => new Cell { CellValue = new CellValue(number), StyleIndex = style },
        decimal number => new Cell { CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture)), StyleIndex = style },
        DateOnly date => new Cell
        {
            CellValue = new CellValue(date.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture)),
            StyleIndex = style,
        },
        _ => throw new ArgumentException($"No cell holds a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>Characters that XML cannot hold are left out.</summary>
    private static string Clean(string text) =>
        text.All(System.Xml.XmlConvert.IsXmlChar) || text.Any(char.IsSurrogate)
            ? text
            : string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar));

    private static string ColumnName(int number)
    {
        var name = "";
        for (; number > 0; number = (number - 1) / 26)
            name = (char)('A' + (number - 1) % 26) + name;
        return name;
    }

    private static byte[] WithoutClock(MemoryStream written)
    {
        using var result = new MemoryStream();
        using (var source = new ZipArchive(written, ZipArchiveMode.Read))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                var copy = target.CreateEntry(entry.FullName, CompressionLevel.Fastest);
                copy.LastWriteTime = EntryTime;
                using var from = entry.Open();
                using var to = copy.Open();
                from.CopyTo(to);
            }
        }

        return result.ToArray();
    }
}
