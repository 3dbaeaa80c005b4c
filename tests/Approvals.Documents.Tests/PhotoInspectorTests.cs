using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Approvals.Documents.Images;
using SkiaSharp;

namespace Approvals.Documents.Tests;

public sealed class PhotoInspectorTests
{
    private readonly PhotoInspector inspector = new();

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, PhotoKind.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png, PhotoKind.Png)]
    [InlineData(SKEncodedImageFormat.Webp, PhotoKind.Webp)]
    public void A_picture_is_stored_as_bounded_JPEG(SKEncodedImageFormat format, PhotoKind kind)
    {
        var accepted = Accept(Pictures.Portrait(1600, 2000, format));

        Assert.Equal((kind, 1600, 2000), (accepted.Kind, accepted.OriginalWidth, accepted.OriginalHeight));
        Assert.Equal((960, 1200), (accepted.Width, accepted.Height));
        Assert.Equal(FileKind.Jpeg, FileSignatures.Detect(new MemoryStream(accepted.Image)));
    }

    [Fact]
    public void Metadata_is_stripped_and_orientation_applied()
    {
        // Orientation 6: the camera was held upright, the stored picture lies on its left side.
        var sideways = WithExif(TopHalfRed(300, 200), orientation: 6);
        Assert.Contains("GPS-SECRET", Encoding.Latin1.GetString(sideways), StringComparison.Ordinal);

        var accepted = Accept(sideways);

        Assert.Equal((200, 300), (accepted.Width, accepted.Height));
        Assert.DoesNotContain("GPS-SECRET", Encoding.Latin1.GetString(accepted.Image), StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(accepted.Image), StringComparison.Ordinal);
        using var shown = SKBitmap.Decode(accepted.Image);
        // The stored top edge is shown at the right.
        Assert.True(shown.GetPixel(180, 150).Red > 200 && shown.GetPixel(180, 150).Blue < 80);
        Assert.True(shown.GetPixel(20, 150).Blue > 200 && shown.GetPixel(20, 150).Red < 80);
    }

    [Theory]
    [InlineData(1, 300, 200)]
    [InlineData(2, 300, 200)]
    [InlineData(3, 300, 200)]
    [InlineData(4, 300, 200)]
    [InlineData(5, 200, 300)]
    [InlineData(7, 200, 300)]
    [InlineData(8, 200, 300)]
    public void Every_orientation_fills_the_whole_picture(int orientation, int width, int height)
    {
        var accepted = Accept(WithExif(TopHalfRed(300, 200), orientation));

        Assert.Equal((width, height), (accepted.Width, accepted.Height));
        using var shown = SKBitmap.Decode(accepted.Image);
        SKColor[] corners =
        [
            shown.GetPixel(5, 5), shown.GetPixel(width - 6, 5),
            shown.GetPixel(5, height - 6), shown.GetPixel(width - 6, height - 6),
        ];
        Assert.Equal(2, corners.Count(c => c.Red > 200 && c.Blue < 80));
        Assert.Equal(2, corners.Count(c => c.Blue > 200 && c.Red < 80));
    }

    [Fact]
    public void A_decompression_bomb_is_refused_before_anything_is_decoded()
    {
        var bomb = PngHeader(60_000, 60_000);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var verdict = inspector.InspectPhoto(bomb);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(PhotoRefusal.TooManyPixels, Refuse(verdict));
        Assert.InRange(allocated, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public void A_program_named_jpg_is_refused()
    {
        var program = Encoding.Latin1.GetBytes("MZ\u0090\0" + new string('x', 5000));

        Assert.Equal(PhotoRefusal.NotAPicture, Refuse(inspector.InspectPhoto(program)));
    }

    [Fact]
    public void A_picture_cut_short_is_refused()
    {
        var whole = Pictures.Portrait();

        Assert.Equal(PhotoRefusal.Damaged, Refuse(inspector.InspectPhoto(whole[..(whole.Length / 2)])));
    }

    [Fact]
    public void Empty_small_and_oversized_files_are_refused()
    {
        Assert.Equal(PhotoRefusal.Empty, Refuse(inspector.InspectPhoto([])));
        Assert.Equal(PhotoRefusal.TooSmall, Refuse(inspector.InspectPhoto(Pictures.Portrait(80, 100))));
        var strict = new PhotoInspector(new PhotoLimits { MaxBytes = 1000 });
        Assert.Equal(PhotoRefusal.TooManyBytes, Refuse(strict.InspectPhoto(Pictures.Portrait())));
    }

    [Fact]
    public void A_signature_keeps_its_transparency()
    {
        var accepted = Assert.IsType<PhotoVerdict.Accepted>(inspector.InspectSignature(Pictures.Signature()));

        using var shown = SKBitmap.Decode(accepted.Image);
        Assert.Equal(0, shown.GetPixel(0, 0).Alpha);
    }

    private PhotoVerdict.Accepted Accept(byte[] content) => Assert.IsType<PhotoVerdict.Accepted>(inspector.InspectPhoto(content));

    private static PhotoRefusal Refuse(PhotoVerdict verdict) => Assert.IsType<PhotoVerdict.Refused>(verdict).Reason;

    private static byte[] TopHalfRed(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        using (var paint = new SKPaint { Color = SKColors.Red })
        {
            canvas.Clear(SKColors.Blue);
            canvas.DrawRect(0, 0, width, height / 2f, paint);
        }

        return Pictures.Encode(bitmap, SKEncodedImageFormat.Jpeg);
    }

    private static byte[] WithExif(byte[] jpeg, int orientation)
    {
        // TIFF header, one IFD with Orientation (0x0112) and an ImageDescription (0x010E) that must not survive.
        var secret = "GPS-SECRET\0"u8;
        var tiff = new byte[8 + 2 + 2 * 12 + 4 + secret.Length];
        "MM\0*\0\0\0\b"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(8), 2);
        Entry(10, 0x010E, 2, secret.Length, 38);
        Entry(22, 0x0112, 3, 1, orientation << 16);
        secret.CopyTo(tiff.AsSpan(38));
        byte[] segment = [0xFF, 0xE1, 0, 0, .. "Exif\0\0"u8, .. tiff];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];

        void Entry(int at, int tag, int type, int count, int value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at), (ushort)tag);
            BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at + 2), (ushort)type);
            BinaryPrimitives.WriteInt32BigEndian(tiff.AsSpan(at + 4), count);
            BinaryPrimitives.WriteInt32BigEndian(tiff.AsSpan(at + 8), value);
        }
    }

    private static byte[] PngHeader(int width, int height)
    {
        byte[] type = [.. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(type.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(type.AsSpan(8), height);
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32.HashToUInt32(type));
        byte[] idat = [0, 0, 0, 0, .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E];
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. type, .. crc, .. idat];
    }
}
