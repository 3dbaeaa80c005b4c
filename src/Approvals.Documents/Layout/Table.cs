using Approvals.Documents.Pages;

namespace Approvals.Documents.Layout;

/// <summary>A cell of a table.</summary>
public sealed record Cell(params IReadOnlyList<Block> Content)
{
    /// <summary>How many columns it covers.</summary>
    public int ColumnSpan { get; init; } = 1;

    /// <summary>How many rows it covers.</summary>
    public int RowSpan { get; init; } = 1;

    /// <summary>Where its content stands.</summary>
    public VerticalAlignment Align { get; init; } = VerticalAlignment.Middle;

    /// <summary>White on every side, in points.</summary>
    public float Padding { get; init; } = 3f;
}

/// <summary>A row of a table; cells covered by a span from above are left out.</summary>
public sealed record Row(IReadOnlyList<Cell> Cells, float MinHeight = 0);

/// <summary>
/// A table with spans and rules that breaks between rows, inside rows that are too high for that, and repeats its heading.
/// Without rules it is a grid of columns.
/// </summary>
/// <param name="columns">Relative widths of the columns.</param>
public sealed class Table(IReadOnlyList<float> columns) : Block
{
    /// <summary>Heading rows, repeated on every page.</summary>
    public IReadOnlyList<Row> Header { get; init; } = [];

    /// <summary>Rows.</summary>
    public IReadOnlyList<Row> Rows { get; init; } = [];

    /// <summary>Thickness of the rules in points; 0 draws none.</summary>
    public float Rule { get; init; } = 0.6f;

    /// <inheritdoc />
    public override IEnumerable<Slice> Lay(Typesetter typesetter, float width, float pageHeight)
    {
        var unit = width / columns.Sum();
        var edges = new float[columns.Count + 1];
        for (var i = 0; i < columns.Count; i++)
        {
            edges[i + 1] = edges[i] + columns[i] * unit;
        }

        var layout = new TableLayout(typesetter, edges, Rule, pageHeight);
        var header = layout.Lay(Header, null, splitRows: false).ToList();
        var heading = header.Count == 0 ? null : new Slice(header.Sum(slice => slice.Height), (canvas, x, y) =>
        {
            foreach (var slice in header)
            {
                slice.Draw(canvas, x, y);
                y += slice.Height;
            }
        })
        {
            KeepWithNext = true,
        };
        if (heading is not null)
        {
            yield return heading;
        }

        foreach (var slice in layout.Lay(Rows, heading, splitRows: true))
        {
            yield return slice;
        }
    }
}
