using Approvals.Documents.Fonts;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Layout;

/// <summary>How characters look.</summary>
/// <param name="Role">Which font.</param>
/// <param name="Size">Type size in points.</param>
public sealed record TextStyle(FontRole Role, float Size)
{
    /// <summary>Colour, black unless told.</summary>
    public Rgb Color { get; init; } = Rgb.Black;

    /// <summary>Width of a full-width character's cell in points; null sets characters at their own width.</summary>
    public float? Cell { get; init; }

    /// <summary>Room between characters in points, on top of their width.</summary>
    public float Spacing { get; init; }
}

/// <summary>A stretch of text in one style.</summary>
public sealed record TextSpan(string Text, TextStyle Style);
