namespace Approvals.Documents.Sheets;

/// <summary>What the cells of a column are.</summary>
public enum SheetColumnKind
{
    /// <summary>Text as it stands: identity numbers, account numbers and codes keep every digit and leading zero.</summary>
    Text,

    /// <summary>Whole number.</summary>
    Number,

    /// <summary>Yuan with two decimals and thousands separators.</summary>
    Amount,

    /// <summary>A day, shown as 2026-11-22.</summary>
    Date,
}

/// <summary>A column of a worksheet.</summary>
/// <param name="Heading">Heading.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="Width">Width in characters.</param>
public sealed record SheetColumn(string Heading, SheetColumnKind Kind, double Width = 14);

/// <summary>A worksheet.</summary>
/// <param name="Name">Name on the tab, at most 31 characters, none of <c>\ / ? * [ ] :</c>.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Rows">Rows: string, int, decimal, DateOnly or null for an empty cell; written as they are enumerated.</param>
public sealed record Sheet(string Name, IReadOnlyList<SheetColumn> Columns, IEnumerable<IReadOnlyList<object?>> Rows)
{
    /// <summary>Last row in bold, e.g. 合计; null for none.</summary>
    public IReadOnlyList<object?>? Total { get; init; }
}
