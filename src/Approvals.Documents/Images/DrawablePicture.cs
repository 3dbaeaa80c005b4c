using SkiaSharp;

namespace Approvals.Documents.Images;

/// <summary>
/// Whether a picture that is kept as it came can be shown and printed later. Safe for many threads.
/// </summary>
public static class DrawablePicture
{
    /// <summary>Most pixels of a picture that is drawn: a page of A4 at 600 dots an inch has 35 million. Decoded, each takes four bytes.</summary>
    public const long MostPixels = 40_000_000;

    /// <summary>Rows read at a time: what is decoded to be judged is thrown away at once.</summary>
    private const int Rows = 64;

    // Only what cannot be read row by row takes all its pixels at once, and no more of those are decoded at a time than there are
    // processors to decode them: more would not be done sooner, only hold more memory.
    private static readonly SemaphoreSlim Whole = new(Environment.ProcessorCount);

    /// <summary>Why a picture cannot be drawn; null when it can. The size is read from its head, before any pixel is decoded.</summary>
    /// <param name="content">The picture from its beginning; read to its end.</param>
    public static PhotoRefusal? Refuse(Stream content)
    {
        using var data = SKData.Create(content);
        return Refuse(data);
    }

    /// <inheritdoc cref="Refuse(Stream)"/>
    public static PhotoRefusal? Refuse(byte[] content)
    {
        using var data = SKData.CreateCopy(content);
        return Refuse(data);
    }

    /// <summary>A picture to draw; null when it is none or has too many pixels. Nothing is decoded yet.</summary>
    internal static SKImage? Open(byte[] content)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        return codec is null || !Fits(codec.Info) ? null : SKImage.FromEncodedData(data);
    }

    private static PhotoRefusal? Refuse(SKData? data)
    {
        using var codec = data is null || data.IsEmpty ? null : SKCodec.Create(data);
        if (codec is null)
        {
            return PhotoRefusal.NotAPicture;
        }

        if (!Fits(codec.Info))
        {
            return PhotoRefusal.TooManyPixels;
        }

        return DecodesByRows(codec) || DecodesWhole(codec) ? null : PhotoRefusal.Damaged;
    }

    private static bool Fits(SKImageInfo info) => (long)info.Width * info.Height <= MostPixels;

    private static SKImageInfo Target(SKCodec codec) =>
        new(codec.Info.Width, codec.Info.Height, SKImageInfo.PlatformColorType, SKAlphaType.Premul, SKColorSpace.CreateSrgb());

    private static bool DecodesByRows(SKCodec codec)
    {
        var info = Target(codec);
        if (codec.StartScanlineDecode(info) != SKCodecResult.Success)
        {
            return false;
        }

        using var rows = new SKBitmap(info.WithSize(info.Width, Math.Min(Rows, info.Height)));
        for (var row = 0; row < info.Height; row += Rows)
        {
            var count = Math.Min(Rows, info.Height - row);
            if (codec.GetScanlines(rows.GetPixels(), count, rows.RowBytes) < count)
            {
                return false;
            }
        }

        return true;
    }

    private static bool DecodesWhole(SKCodec codec)
    {
        Whole.Wait();
        try
        {
            var info = Target(codec);
            using var bitmap = new SKBitmap(info);
            return codec.GetPixels(info, bitmap.GetPixels()) == SKCodecResult.Success;
        }
        finally
        {
            Whole.Release();
        }
    }
}
