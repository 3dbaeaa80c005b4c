using Approvals.Documents.Fonts;
using Approvals.Documents.Layout;

namespace Approvals.Documents.Templates;

/// <summary>Lists inside official documents: 小四, headings in 黑体, repeated on every page.</summary>
internal static class OfficialTable
{
    private static readonly TextStyle Heading = new(FontRole.Heading, TypeSize.SmallNo4);
    private static readonly TextStyle Text = new(FontRole.Body, TypeSize.SmallNo4);

    /// <summary>The table of a list.</summary>
    public static Table Create(ListTable list) => new([.. list.Columns.Select(column => column.Width)])
    {
        Header = [new Row([.. list.Columns.Select(column => Cell(column.Heading, Heading))], Units.Mm(9))],
        Rows = [.. list.Rows.Select(row => new Row([.. row.Select(text => Cell(text, Text))], Units.Mm(8.5)))],
    };

    private static Cell Cell(string text, TextStyle style) =>
        new(new Paragraph(text, style) { Alignment = Alignment.Center, LinePitch = style.Size * 1.35f, Smallest = 10 });
}
