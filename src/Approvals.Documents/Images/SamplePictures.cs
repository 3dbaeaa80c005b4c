using Approvals.Documents.Fonts;
using SkiaSharp;

namespace Approvals.Documents.Images;

/// <summary>Pictures that stand for what people would hand in: a signature, a portrait, a scanned page. Always the same for the same words.</summary>
public static class SamplePictures
{
    private static readonly Lazy<SKTypeface> Kai = new(() => Load(FontRole.Kai));
    private static readonly Lazy<SKTypeface> Heading = new(() => Load(FontRole.Heading));

    /// <summary>A name as a slanted pen-blue signature on transparent ground.</summary>
    /// <param name="name">A person's name.</param>
    /// <returns>PNG.</returns>
    public static byte[] Signature(string name)
    {
        using var font = new SKFont(Kai.Value, 96) { SkewX = -0.22f, ScaleX = 0.94f };
        using var paint = new SKPaint { Color = new SKColor(0x16, 0x2a, 0x5c), IsAntialias = true };
        using var surface = SKSurface.Create(new SKImageInfo((int)font.MeasureText(name) + 90, 150));
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.RotateDegrees(-3);
        surface.Canvas.DrawText(name, 34, 112, SKTextAlign.Left, font, paint);
        return Png(surface);
    }

    /// <summary>An outline of a person with a caption, in the proportions of a passport photo.</summary>
    /// <param name="caption">Words across the foot, e.g. 样例照片.</param>
    /// <returns>PNG, 420 × 560 pixels.</returns>
    public static byte[] Portrait(string caption)
    {
        using var surface = SKSurface.Create(new SKImageInfo(420, 560));
        var canvas = surface.Canvas;
        canvas.Clear(new SKColor(0xd7, 0xe3, 0xf0));
        using var shape = new SKPaint { Color = new SKColor(0x7d, 0x93, 0xab), IsAntialias = true };
        canvas.DrawCircle(210, 205, 92, shape);
        canvas.DrawOval(SKRect.Create(60, 320, 300, 360), shape);
        Caption(canvas, caption, 210, 535, 40, SKColors.White);
        return Png(surface);
    }

    /// <summary>A page with a frame and a caption, as a scanner would give it.</summary>
    /// <param name="caption">Words in the middle, e.g. 样例附件：体检证明.</param>
    /// <returns>PNG, 620 × 877 pixels.</returns>
    public static byte[] Page(string caption)
    {
        using var surface = SKSurface.Create(new SKImageInfo(620, 877));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using var frame = new SKPaint { Color = new SKColor(0x9a, 0xa5, 0xb1), IsStroke = true, StrokeWidth = 2 };
        canvas.DrawRect(40, 40, 540, 797, frame);
        Caption(canvas, caption, 310, 430, 32, new SKColor(0x33, 0x3d, 0x47));
        return Png(surface);
    }

    private static void Caption(SKCanvas canvas, string words, float x, float y, float size, SKColor color)
    {
        using var font = new SKFont(Heading.Value, size);
        var width = font.MeasureText(words);
        if (width > x * 1.8f)
        {
            font.Size = size * x * 1.8f / width;
        }

        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(words, x, y, SKTextAlign.Center, font, paint);
    }

    private static byte[] Png(SKSurface surface)
    {
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static SKTypeface Load(FontRole role)
    {
        using var library = FontLibrary.Load();
        return SKTypeface.FromFile(library[role].Path);
    }
}
