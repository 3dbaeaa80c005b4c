namespace Approvals.Documents.Layout;

/// <summary>Where text stands between its margins.</summary>
public enum Alignment
{
    /// <summary>From the left.</summary>
    Left,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>To the right.</summary>
    Right,

    /// <summary>From margin to margin, the last line from the left (两端对齐).</summary>
    Justify,
}

/// <summary>Where content stands in a cell or frame.</summary>
public enum VerticalAlignment
{
    /// <summary>At the top.</summary>
    Top,

    /// <summary>In the middle.</summary>
    Middle,

    /// <summary>At the bottom.</summary>
    Bottom,
}
