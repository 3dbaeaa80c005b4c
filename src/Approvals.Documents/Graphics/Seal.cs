using System.Text;
using Approvals.Documents.Fonts;
using Approvals.Documents.Layout;
using Approvals.Documents.Pages;

namespace Approvals.Documents.Graphics;

/// <summary>
/// A drawn round seal (印章): red ring, five-pointed star, the authority's name along the upper arc, its use below the star
/// (e.g. 聘任专用章). Drawn as shapes, upright; it is a picture of a seal and proves nothing by itself — that is the
/// signature's and the check page's business.
/// </summary>
/// <param name="Authority">Name along the arc.</param>
/// <param name="Caption">Straight text under the star, or null.</param>
/// <param name="DiameterMm">Diameter in millimetres; 42 for bureaus of districts and cities (国发〔1999〕25号).</param>
public sealed record Seal(string Authority, string? Caption = null, double DiameterMm = 42)
{
    private const float Ascent = 0.88f;

    /// <summary>Draws the seal around a centre.</summary>
    public void Draw(PageCanvas canvas, FontLibrary fonts, float x, float y)
    {
        var radius = Units.Mm(DiameterMm) / 2;
        var ring = radius * 0.055f;
        canvas.Add(new CircleItem(x, y, radius - ring / 2, ring, Rgb.OfficialRed));
        canvas.Add(new PolygonItem([.. Star(x, y, radius * 0.30f)], Rgb.OfficialRed));
        DrawArc(canvas, fonts, x, y, radius - ring);
        if (!string.IsNullOrWhiteSpace(Caption))
        {
            DrawCaption(canvas, fonts, x, y, radius);
        }
    }

    private void DrawArc(PageCanvas canvas, FontLibrary fonts, float x, float y, float inner)
    {
        var runes = OfficialText.Normalize(Authority).EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune)).ToArray();
        if (runes.Length == 0)
        {
            return;
        }

        // The longer the name, the wider the arc and the narrower the letters.
        var sweep = Math.Min(250f, 24f * (runes.Length - 1) + (runes.Length < 9 ? 30f : 0f));
        var step = runes.Length == 1 ? 0 : sweep / (runes.Length - 1);
        var size = inner * 0.30f;
        var foot = inner * 0.93f - size * Ascent;
        var room = runes.Length == 1 ? size : (float)(foot * step * Math.PI / 180);
        var stretch = Math.Min(0.86f, room / size * 1.02f);
        for (var i = 0; i < runes.Length; i++)
        {
            var degrees = -sweep / 2 + i * step;
            var angle = (degrees - 90) * Math.PI / 180;
            canvas.Add(new LetterShape(
                FaceFor(fonts, runes[i]), size, runes[i],
                x + (float)(foot * Math.Cos(angle)), y + (float)(foot * Math.Sin(angle)), degrees, stretch, Rgb.OfficialRed));
        }
    }

    private void DrawCaption(PageCanvas canvas, FontLibrary fonts, float x, float y, float radius)
    {
        var runes = OfficialText.Normalize(Caption).EnumerateRunes().ToArray();
        var size = Math.Min(radius * 0.22f, radius * 1.15f / runes.Length);
        var left = x - size * (runes.Length - 1) / 2;
        for (var i = 0; i < runes.Length; i++)
        {
            canvas.Add(new LetterShape(
                FaceFor(fonts, runes[i]), size, runes[i], left + i * size, y + radius * 0.62f, 0, 0.9f, Rgb.OfficialRed));
        }
    }

    private static FontFace FaceFor(FontLibrary fonts, Rune rune) =>
        fonts.Find(FontRole.Digits, rune) ?? throw new MissingGlyphException([rune.ToString()]);

    private static IEnumerable<(float X, float Y)> Star(float x, float y, float radius)
    {
        for (var i = 0; i < 10; i++)
        {
            // 0.382: the inner corners of a regular star whose edges are straight lines from point to point.
            var r = i % 2 == 0 ? radius : radius * 0.382f;
            var angle = (i * 36 - 90) * Math.PI / 180;
            yield return (x + (float)(r * Math.Cos(angle)), y + (float)(r * Math.Sin(angle)));
        }
    }
}
