namespace Approvals.Core.Forms;

/// <summary>The official paper form (纸质表样): a table of captions, values, photo and opinion boxes.</summary>
/// <param name="Columns">Relative widths of the columns.</param>
/// <param name="Rows">Rows from top to bottom; each lists the cells that begin in it.</param>
public sealed record FormGrid(IReadOnlyList<decimal> Columns, IReadOnlyList<IReadOnlyList<GridCell>> Rows);

/// <summary>A cell: exactly one of caption, field and opinions.</summary>
public sealed record GridCell
{
    /// <summary>Printed text, e.g. 姓　名.</summary>
    public string? Caption { get; init; }

    /// <summary>Key of the field whose value stands here.</summary>
    public string? Field { get; init; }

    /// <summary>Rights key of the step whose opinions, signatures and dates stand here.</summary>
    public string? Opinions { get; init; }

    /// <summary>Columns it spans, from 1.</summary>
    public int Colspan { get; init; } = 1;

    /// <summary>Rows it spans, from 1.</summary>
    public int Rowspan { get; init; } = 1;

    /// <summary>Least height in millimetres on paper; 0 for as high as its text.</summary>
    public int MinHeight { get; init; }
}
