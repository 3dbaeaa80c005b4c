using Approvals.Documents.Fonts;
using Approvals.Documents.Images;
using Approvals.Documents.Pages;
using SkiaSharp;

namespace Approvals.Documents.Rendering;

/// <summary>Draws with SkiaSharp's PDF back end, fonts subset first. Safe for many threads.</summary>
public sealed class SkiaPdfRenderer : IPdfRenderer
{
    private readonly SubsetCache subsets = new();

    /// <inheritdoc />
    public byte[] Render(PagedDocument document)
    {
        using var resources = new Resources(Subsets(document));
        var created = document.Info.Created.UtcDateTime;
        created = created.AddTicks(-(created.Ticks % TimeSpan.TicksPerSecond));
        using var buffer = new MemoryStream();
        using (var pdf = SKDocument.CreatePdf(buffer, new SKDocumentPdfMetadata
        {
            Title = document.Info.Title,
            Author = document.Info.Author,
            Creator = "Approvals",
            Producer = "Approvals",
            Creation = created,
            Modified = created,
            RasterDpi = 300,
            EncodingQuality = 90,
        }))
        {
            foreach (var page in document.Pages)
            {
                var canvas = pdf.BeginPage(page.Width, page.Height);
                foreach (var item in page.Items)
                {
                    Draw(canvas, item, resources);
                }

                pdf.EndPage();
            }

            pdf.Close();
        }

        return buffer.ToArray();
    }

    private Dictionary<FontFace, SKTypeface> Subsets(PagedDocument document)
    {
        var used = new Dictionary<FontFace, SortedSet<int>>();
        foreach (var item in document.Pages.SelectMany(page => page.Items))
        {
            switch (item)
            {
                case TextItem text:
                    var set = Of(text.Face);
                    foreach (var rune in text.Text.EnumerateRunes())
                    {
                        set.Add(rune.Value);
                    }

                    break;
                case LetterShape letter:
                    Of(letter.Face).Add(letter.Rune.Value);
                    break;
            }
        }

        return used.ToDictionary(pair => pair.Key, pair => subsets.Get(pair.Key, pair.Value));

        SortedSet<int> Of(FontFace face) =>
            used.TryGetValue(face, out var set) ? set : used[face] = [];
    }

    private static void Draw(SKCanvas canvas, PageItem item, Resources resources)
    {
        switch (item)
        {
            case TextItem text:
                DrawText(canvas, text, resources.Typefaces[text.Face]);
                break;
            case LetterShape letter:
                DrawLetter(canvas, letter, resources.Typefaces[letter.Face]);
                break;
            case LineItem line:
                using (var paint = Stroke(line.Color, line.Thickness))
                {
                    canvas.DrawLine(line.X1, line.Y1, line.X2, line.Y2, paint);
                }

                break;
            case RectItem rect:
                using (var paint = rect.Thickness is { } thickness ? Stroke(rect.Color, thickness) : Fill(rect.Color))
                {
                    canvas.DrawRect(rect.X, rect.Y, rect.Width, rect.Height, paint);
                }

                break;
            case CircleItem circle:
                using (var paint = Stroke(circle.Color, circle.Thickness))
                {
                    paint.BlendMode = SKBlendMode.Multiply;
                    canvas.DrawCircle(circle.X, circle.Y, circle.Radius, paint);
                }

                break;
            case PolygonItem polygon:
                using (var paint = Fill(polygon.Color))
                using (var builder = new SKPathBuilder())
                {
                    paint.BlendMode = SKBlendMode.Multiply;
                    builder.AddPoly([.. polygon.Points.Select(p => new SKPoint(p.X, p.Y))], close: true);
                    using var path = builder.Detach();
                    canvas.DrawPath(path, paint);
                }

                break;
            case ModulesItem modules:
                DrawModules(canvas, modules);
                break;
            case PictureItem picture:
                DrawPicture(canvas, picture, resources.Image(picture.Data));
                break;
            default:
                throw new NotSupportedException(item.GetType().Name);
        }
    }

    private static void DrawText(SKCanvas canvas, TextItem text, SKTypeface typeface)
    {
        using var font = FontOf(typeface, text.Size);
        using var builder = new SKTextBlobBuilder();
        builder.AddHorizontalRun(font.GetGlyphs(text.Text), font, [.. text.X], text.Baseline);
        using var blob = builder.Build();
        using var paint = Fill(text.Color);
        canvas.DrawText(blob, 0, 0, paint);
    }

    private static void DrawLetter(SKCanvas canvas, LetterShape letter, SKTypeface typeface)
    {
        using var font = FontOf(typeface, letter.Size);
        var glyph = font.GetGlyphs(letter.Rune.ToString())[0];
        using var path = font.GetGlyphPath(glyph);
        using var paint = Fill(letter.Color);
        paint.BlendMode = SKBlendMode.Multiply;
        var advance = font.GetGlyphWidths([glyph])[0];
        canvas.Save();
        canvas.Translate(letter.X, letter.Y);
        canvas.RotateDegrees(letter.Degrees);
        canvas.Scale(letter.Stretch, 1);
        canvas.Translate(-advance / 2, 0);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    private static void DrawModules(SKCanvas canvas, ModulesItem modules)
    {
        // One path for the whole code: bars drawn one by one show hairlines between rows in some viewers.
        using var builder = new SKPathBuilder();
        foreach (var (column, row, length) in modules.Bars)
        {
            builder.AddRect(SKRect.Create(
                modules.X + column * modules.ModuleSize, modules.Y + row * modules.ModuleSize,
                length * modules.ModuleSize, modules.ModuleSize));
        }

        using var path = builder.Detach();
        using var paint = Fill(modules.Color);
        paint.IsAntialias = false;
        canvas.DrawPath(path, paint);
    }

    private static void DrawPicture(SKCanvas canvas, PictureItem picture, SKImage? image)
    {
        var frame = SKRect.Create(picture.X, picture.Y, picture.Width, picture.Height);
        if (image is null)
        {
            DrawMissing(canvas, frame);
            return;
        }

        var (sx, sy) = (picture.Width / image.Width, picture.Height / image.Height);
        var scale = picture.Fill ? Math.Max(sx, sy) : Math.Min(sx, sy);
        var (width, height) = (image.Width * scale, image.Height * scale);
        var target = SKRect.Create(frame.MidX - width / 2, frame.MidY - height / 2, width, height);
        canvas.Save();
        canvas.ClipRect(frame);
        canvas.DrawImage(image, target, new SKSamplingOptions(SKFilterMode.Linear));
        canvas.Restore();
    }

    /// <summary>An empty crossed frame: the document stands although one of its pictures cannot be drawn.</summary>
    private static void DrawMissing(SKCanvas canvas, SKRect frame)
    {
        using var paint = Stroke(new Rgb(0x9a, 0xa5, 0xb1), 0.5f);
        canvas.DrawRect(frame, paint);
        canvas.DrawLine(frame.Left, frame.Top, frame.Right, frame.Bottom, paint);
        canvas.DrawLine(frame.Left, frame.Bottom, frame.Right, frame.Top, paint);
    }

    private static SKFont FontOf(SKTypeface typeface, float size) => new(typeface, size)
    {
        Hinting = SKFontHinting.None,
        Subpixel = true,
        LinearMetrics = true,
    };

    private static SKPaint Fill(Rgb color) => new() { Color = new SKColor(color.R, color.G, color.B), IsAntialias = true };

    private static SKPaint Stroke(Rgb color, float thickness) => new()
    {
        Color = new SKColor(color.R, color.G, color.B),
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeWidth = thickness,
    };

    /// <summary>What one document draws with. A picture used twice is one image, so the file holds it once.</summary>
    private sealed class Resources(Dictionary<FontFace, SKTypeface> typefaces) : IDisposable
    {
        private readonly Dictionary<byte[], SKImage?> images = new(ReferenceEqualityComparer.Instance);

        public Dictionary<FontFace, SKTypeface> Typefaces { get; } = typefaces;

        /// <summary>
        /// The picture; null when it is none or has more pixels than are drawn. Such are refused when they are given, but what was stored
        /// before that, in decisions nobody can change, must not keep the document from being made.
        /// </summary>
        public SKImage? Image(byte[] encoded)
        {
            if (!images.TryGetValue(encoded, out var image))
            {
                images[encoded] = image = DrawablePicture.Open(encoded);
            }

            return image;
        }

        public void Dispose()
        {
            foreach (var image in images.Values)
            {
                image?.Dispose();
            }
        }
    }
}
