using SkiaSharp;

namespace Approvals.Documents.Tests;

/// <summary>Pictures made on the spot: a portrait and a written signature.</summary>
internal static class Pictures
{
    public static byte[] Portrait(int width = 413, int height = 579, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint { IsAntialias = true })
        {
            canvas.Clear(new SKColor(67, 142, 219));
            paint.Color = new SKColor(40, 48, 70);
            canvas.DrawOval(width / 2f, height * 1.02f, width * 0.46f, height * 0.34f, paint);
            paint.Color = new SKColor(236, 200, 170);
            canvas.DrawOval(width / 2f, height * 0.42f, width * 0.2f, height * 0.2f, paint);
            paint.Color = new SKColor(30, 25, 25);
            canvas.DrawArc(SKRect.Create(width * 0.29f, height * 0.2f, width * 0.42f, height * 0.3f), 180, 180, true, paint);
        }

        return Encode(bitmap, format);
    }

    public static byte[] Signature()
    {
        using var bitmap = new SKBitmap(300, 110);
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 4 })
        using (var builder = new SKPathBuilder())
        {
            canvas.Clear(SKColors.Transparent);
            builder.MoveTo(20, 80);
            builder.CubicTo(70, -30, 90, 160, 130, 40);
            builder.CubicTo(150, 0, 170, 130, 210, 60);
            builder.CubicTo(230, 30, 250, 90, 285, 50);
            using var path = builder.Detach();
            canvas.DrawPath(path, paint);
        }

        return Encode(bitmap, SKEncodedImageFormat.Png);
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var image = SKImage.FromBitmap(bitmap);
        using var data = image.Encode(format, 85);
        return data.ToArray();
    }
}
