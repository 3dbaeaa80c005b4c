using System.Text;
using Approvals.Documents.Fonts;

namespace Approvals.Documents.Pages;

/// <summary>Something drawn on a page.</summary>
public abstract record PageItem;

/// <summary>Characters of one font on one baseline; <paramref name="X"/> has a place for each code point.</summary>
public sealed record TextItem(
    FontFace Face, float Size, string Text, IReadOnlyList<float> X, float Baseline, Rgb Color) : PageItem;

/// <summary>
/// A character drawn as a shape, turned around its foot: lettering of seals. It is not in the text layer, so a search
/// finds the words of the document once, not once more in the seal over them. In ink that does not hide black print.
/// </summary>
/// <param name="Face">The font.</param>
/// <param name="Size">Type size in points.</param>
/// <param name="Rune">The character.</param>
/// <param name="X">Centre of the foot.</param>
/// <param name="Y">Baseline.</param>
/// <param name="Degrees">Clockwise turn around (X, Y).</param>
/// <param name="Stretch">Width as a multiple of normal; seals are lettered narrow.</param>
/// <param name="Color">Colour.</param>
public sealed record LetterShape(
    FontFace Face, float Size, Rune Rune, float X, float Y, float Degrees, float Stretch, Rgb Color) : PageItem;

/// <summary>A straight line.</summary>
public sealed record LineItem(float X1, float Y1, float X2, float Y2, float Thickness, Rgb Color) : PageItem;

/// <summary>A rectangle, filled when <paramref name="Thickness"/> is null, otherwise outlined.</summary>
public sealed record RectItem(float X, float Y, float Width, float Height, float? Thickness, Rgb Color) : PageItem;

/// <summary>A circle's outline, in ink that does not hide black print under it.</summary>
public sealed record CircleItem(float X, float Y, float Radius, float Thickness, Rgb Color) : PageItem;

/// <summary>A filled polygon, in ink that does not hide black print under it.</summary>
public sealed record PolygonItem(IReadOnlyList<(float X, float Y)> Points, Rgb Color) : PageItem;

/// <summary>The dark modules of a code as horizontal bars (column, row, length in modules).</summary>
public sealed record ModulesItem(
    float X, float Y, float ModuleSize, IReadOnlyList<(int Column, int Row, int Length)> Bars, Rgb Color) : PageItem;

/// <summary>A JPEG or PNG picture in a rectangle; clipped to it, keeping its proportions.</summary>
public sealed record PictureItem(byte[] Data, float X, float Y, float Width, float Height, bool Fill) : PageItem;
