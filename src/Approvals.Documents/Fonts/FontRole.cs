namespace Approvals.Documents.Fonts;

/// <summary>What a font is used for in Chinese official documents. A site maps roles to its licensed fonts.</summary>
public enum FontRole
{
    /// <summary>仿宋: body text (GB/T 9704).</summary>
    Body,

    /// <summary>小标宋: titles and the issuing authority's name.</summary>
    Title,

    /// <summary>黑体: first-level headings and table headings.</summary>
    Heading,

    /// <summary>楷体: second-level headings.</summary>
    Kai,

    /// <summary>宋体: page numbers and figures.</summary>
    Digits,

    /// <summary>A light sans serif for small print on cards and beside codes.</summary>
    Label,
}
