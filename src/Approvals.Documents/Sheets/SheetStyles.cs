using DocumentFormat.OpenXml.Spreadsheet;

namespace Approvals.Documents.Sheets;

/// <summary>The few cell styles of our workbooks: each kind of column plain, as a heading, and in bold for the total.</summary>
internal static class SheetStyles
{
    public const int Plain = 0;
    public const int Heading = 1;
    public const int Total = 2;

    private const uint TextFormat = 49;
    private const uint NumberFormat = 1;
    private const uint AmountFormat = 4;
    private const uint DateFormat = 164;

    private static readonly uint[] Formats = [TextFormat, NumberFormat, AmountFormat, DateFormat];

    /// <summary>Index of the style.</summary>
    public static uint Of(SheetColumnKind kind, int row) => (uint)(1 + row * Formats.Length + (int)kind);

    public static Stylesheet Create()
    {
        var formats = new CellFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 });
        foreach (var row in new[] { Plain, Heading, Total })
        {
            foreach (var format in Formats)
            {
                formats.Append(new CellFormat
                {
                    NumberFormatId = format,
                    FontId = row == Plain ? 0u : 1u,
                    FillId = row == Heading ? 2u : 0u,
                    BorderId = 0,
                    FormatId = 0,
                    ApplyNumberFormat = true,
                    ApplyFont = row != Plain,
                    ApplyFill = row == Heading,
                });
            }
        }

        return new Stylesheet(
            new NumberingFormats(new NumberingFormat { NumberFormatId = DateFormat, FormatCode = "yyyy\\-mm\\-dd" }),
            new DocumentFormat.OpenXml.Spreadsheet.Fonts(Font(bold: false), Font(bold: true)),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE8EEF5" }) { PatternType = PatternValues.Solid })),
            new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }),
            formats,
            new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }));
    }

    private static Font Font(bool bold)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());
        font.Append(new FontSize { Val = 11 }, new FontName { Val = "宋体" });
        return font;
    }
}
