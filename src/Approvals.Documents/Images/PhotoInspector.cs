using SkiaSharp;

namespace Approvals.Documents.Images;

/// <summary>What is inside a picture file.</summary>
public enum PhotoKind
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP.</summary>
    Webp,
}

/// <summary>Why a picture was refused.</summary>
public enum PhotoRefusal
{
    /// <summary>The file is empty.</summary>
    Empty,

    /// <summary>More bytes than allowed.</summary>
    TooManyBytes,

    /// <summary>Not a JPEG, PNG or WebP, whatever its name says.</summary>
    NotAPicture,

    /// <summary>More pixels than allowed; found in the header, nothing was decoded.</summary>
    TooManyPixels,

    /// <summary>Too small to recognise a face.</summary>
    TooSmall,

    /// <summary>Begins like a picture but cannot be decoded to its end.</summary>
    Damaged,
}

/// <summary>Bounds for uploaded pictures.</summary>
public sealed record PhotoLimits
{
    /// <summary>Most bytes accepted, 10 MiB unless told.</summary>
    public int MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Most pixels accepted, 40 million unless told: a decoded pixel takes four bytes.</summary>
    public long MaxPixels { get; init; } = DrawablePicture.MostPixels;

    /// <summary>Least length of the shorter side in pixels.</summary>
    public int MinSide { get; init; } = 120;

    /// <summary>Longest side of the stored picture in pixels.</summary>
    public int StoredSide { get; init; } = 1200;

    /// <summary>JPEG quality of the stored picture.</summary>
    public int Quality { get; init; } = 88;
}

/// <summary>The verdict on an uploaded picture.</summary>
public abstract record PhotoVerdict
{
    /// <summary>Accepted: what it was, and the picture to store — upright, bounded, without metadata.</summary>
    /// <param name="Kind">What the upload was.</param>
    /// <param name="OriginalWidth">Width of the upload in pixels, as it is looked at.</param>
    /// <param name="OriginalHeight">Height of the upload in pixels, as it is looked at.</param>
    /// <param name="Image">The picture to store.</param>
    /// <param name="Width">Its width.</param>
    /// <param name="Height">Its height.</param>
    public sealed record Accepted(
        PhotoKind Kind, int OriginalWidth, int OriginalHeight, byte[] Image, int Width, int Height) : PhotoVerdict;

    /// <summary>Refused; the message is for the person who uploaded it.</summary>
    public sealed record Refused(PhotoRefusal Reason, string Message) : PhotoVerdict;
}

/// <summary>
/// Judges uploaded pictures by their content, never by their name, and makes from them the picture that is stored. Size is
/// read from the header before any pixel is allocated, so a decompression bomb costs nothing. Safe for many threads.
/// </summary>
public sealed class PhotoInspector(PhotoLimits? limits = null)
{
    private readonly PhotoLimits limits = limits ?? new PhotoLimits();

    /// <summary>Judges a photo; the stored picture is a JPEG on white.</summary>
    public PhotoVerdict InspectPhoto(byte[] content) => Inspect(content, SKEncodedImageFormat.Jpeg, limits.MinSide);

    /// <summary>Judges a written signature; the stored picture is a PNG that keeps its transparency.</summary>
    public PhotoVerdict InspectSignature(byte[] content) => Inspect(content, SKEncodedImageFormat.Png, minSide: 1);

    private PhotoVerdict Inspect(byte[] content, SKEncodedImageFormat stored, int minSide)
    {
        if (content.Length == 0)
        {
            return new PhotoVerdict.Refused(PhotoRefusal.Empty, "文件是空的，请重新选择");
        }

        if (content.Length > limits.MaxBytes)
        {
            return new PhotoVerdict.Refused(PhotoRefusal.TooManyBytes, $"图片不能超过 {limits.MaxBytes / 1024 / 1024} MB");
        }

        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null || Kind(codec.EncodedFormat) is not { } kind)
        {
            return new PhotoVerdict.Refused(PhotoRefusal.NotAPicture, "文件内容不是 JPEG、PNG 或 WebP 图片");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > limits.MaxPixels)
        {
            return new PhotoVerdict.Refused(
                PhotoRefusal.TooManyPixels, $"图片尺寸 {width}×{height} 过大，请缩小后上传");
        }

        if (Math.Min(width, height) < minSide)
        {
            return new PhotoVerdict.Refused(
                PhotoRefusal.TooSmall, $"图片尺寸 {width}×{height} 过小，短边至少 {minSide} 像素");
        }

        using var decoded = Decode(codec);
        if (decoded is null)
        {
            return new PhotoVerdict.Refused(PhotoRefusal.Damaged, "图片已损坏或不完整，请重新选择");
        }

        using var upright = Upright(decoded, codec.EncodedOrigin, stored == SKEncodedImageFormat.Jpeg);
        using var image = SKImage.FromBitmap(upright);
        using var encoded = image.Encode(stored, limits.Quality);
        var turned = codec.EncodedOrigin >= SKEncodedOrigin.LeftTop;
        return new PhotoVerdict.Accepted(
            kind, turned ? height : width, turned ? width : height, encoded.ToArray(), upright.Width, upright.Height);
    }

    private static PhotoKind? Kind(SKEncodedImageFormat format) => format switch
    {
        SKEncodedImageFormat.Jpeg => PhotoKind.Jpeg,
        SKEncodedImageFormat.Png => PhotoKind.Png,
        SKEncodedImageFormat.Webp => PhotoKind.Webp,
        _ => null,
    };

    private static SKBitmap? Decode(SKCodec codec)
    {
        var bitmap = new SKBitmap(new SKImageInfo(
            codec.Info.Width, codec.Info.Height, SKImageInfo.PlatformColorType, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        return null;
    }

    // Draws the picture as a viewer would show it, no larger than the bound; metadata stays behind with the old file.
    private SKBitmap Upright(SKBitmap source, SKEncodedOrigin origin, bool opaque)
    {
        var scale = Math.Min(1f, (float)limits.StoredSide / Math.Max(source.Width, source.Height));
        var width = Math.Max(1, (int)MathF.Round(source.Width * scale));
        var height = Math.Max(1, (int)MathF.Round(source.Height * scale));
        var turned = origin >= SKEncodedOrigin.LeftTop;
        var target = new SKBitmap(new SKImageInfo(
            turned ? height : width, turned ? width : height, SKImageInfo.PlatformColorType, SKAlphaType.Premul,
            SKColorSpace.CreateSrgb()));
        using var canvas = new SKCanvas(target);
        canvas.Clear(opaque ? SKColors.White : SKColors.Transparent);
        canvas.Concat(Matrix(origin, width, height));
        using var image = SKImage.FromBitmap(source);
        canvas.DrawImage(image, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return target;
    }

    // EXIF orientations 1–8 as a map from stored to shown coordinates.
    private static SKMatrix Matrix(SKEncodedOrigin origin, float w, float h) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
