using Approvals.Documents.Fonts;
using SkiaSharp;

namespace Approvals.Web.Demo;

/// <summary>Draws a name as a slanted pen-blue picture, to stand for a stored signature in the demonstration.</summary>
internal static class DemoSignature
{
    private static readonly Lazy<SKTypeface> Typeface = new(LoadTypeface);

    /// <summary>A transparent PNG.</summary>
    public static Stream Draw(string name)
    {
        using var font = new SKFont(Typeface.Value, 96) { SkewX = -0.22f, ScaleX = 0.94f };
        using var paint = new SKPaint { Color = new SKColor(0x16, 0x2a, 0x5c), IsAntialias = true };
        using var surface = SKSurface.Create(new SKImageInfo((int)font.MeasureText(name) + 90, 150));
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.RotateDegrees(-3);
        surface.Canvas.DrawText(name, 34, 112, SKTextAlign.Left, font, paint);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return new MemoryStream(png.ToArray());
    }

    private static SKTypeface LoadTypeface()
    {
        using var library = FontLibrary.Load();
        return SKTypeface.FromFile(library[FontRole.Kai].Path);
    }
}
