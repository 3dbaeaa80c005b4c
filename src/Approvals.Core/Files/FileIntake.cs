using Approvals.Documents.Images;

namespace Approvals.Core.Files;

/// <summary>Verdict on a file somebody wants to give us.</summary>
public abstract record FileVerdict
{
    /// <summary>Accepted: the content to store and its true type.</summary>
    public sealed record Accepted(Stream Content, string ContentType) : FileVerdict;

    /// <summary>Refused; the message is for the person who gave it, in plain Chinese.</summary>
    public sealed record Refused(string Message, FileRefusal Reason = FileRefusal.Kind) : FileVerdict;
}

/// <summary>Why a file is refused, for callers that answer each differently.</summary>
public enum FileRefusal
{
    /// <summary>It is not a kind of file that is taken here, whatever its name says.</summary>
    Kind,

    /// <summary>It is too large.</summary>
    Size,

    /// <summary>Its kind and size are fine, but it does not fit: empty, too small a picture, one file too many.</summary>
    Unfit,
}

/// <summary>Judges given files by their content and size; names and claimed types count for nothing.</summary>
public sealed class FileIntake(PhotoInspector photos)
{
    /// <summary>Largest photo in bytes.</summary>
    public const long MaxPhotoBytes = 5L * 1024 * 1024;

    /// <summary>Largest attachment in bytes.</summary>
    public const long MaxAttachmentBytes = 20L * 1024 * 1024;

    /// <summary>Judges a photo: JPEG, PNG or WebP; what is stored is upright, bounded and without metadata.</summary>
    /// <param name="content">Seekable; its length is checked before a byte is read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<FileVerdict> JudgePhotoAsync(Stream content, CancellationToken cancellationToken)
    {
        if (content.Length > MaxPhotoBytes)
        {
            return new FileVerdict.Refused($"照片有 {Megabytes(content.Length)} MB，超过 5 MB 的限制。请缩小后重新选择。", FileRefusal.Size);
        }

        var kind = FileSignatures.Detect(content);
        if (kind is FileKind.Executable)
        {
            return IsProgram();
        }

        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return photos.InspectPhoto(bytes) switch
        {
            PhotoVerdict.Accepted accepted => new FileVerdict.Accepted(new MemoryStream(accepted.Image, writable: false), "image/jpeg"),
            PhotoVerdict.Refused refused => new FileVerdict.Refused(
                refused.Message + "。", kind is FileKind.Jpeg or FileKind.Png or FileKind.Webp ? FileRefusal.Unfit : FileRefusal.Kind),
            var other => throw new InvalidOperationException($"Unknown verdict {other}."),
        };
    }

    /// <summary>Judges an attachment: PDF, pictures that can be drawn, Word and Excel without macros.</summary>
    /// <param name="content">Seekable.</param>
    public static FileVerdict JudgeAttachment(Stream content)
    {
        if (content.Length == 0)
        {
            return new FileVerdict.Refused("文件是空的，请重新选择。", FileRefusal.Unfit);
        }

        if (content.Length > MaxAttachmentBytes)
        {
            return new FileVerdict.Refused($"文件有 {Megabytes(content.Length)} MB，超过 20 MB 的限制。请压缩或拆分后重新选择。", FileRefusal.Size);
        }

        return FileSignatures.Detect(content) switch
        {
            FileKind.Pdf => new FileVerdict.Accepted(content, "application/pdf"),
            FileKind.Jpeg => JudgePicture(content, "image/jpeg"),
            FileKind.Png => JudgePicture(content, "image/png"),
            FileKind.Webp => JudgePicture(content, "image/webp"),
            FileKind.Docx => new FileVerdict.Accepted(content, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            FileKind.Xlsx => new FileVerdict.Accepted(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            FileKind.Executable => IsProgram(),
            FileKind.MacroOffice => new FileVerdict.Refused("文件含有宏，不能上传。请另存为不含宏的 .docx 或 .xlsx，或导出为 PDF。"),
            FileKind.LegacyOffice => new FileVerdict.Refused("旧版 Office 文件（.doc、.xls）不能上传。请另存为 .docx、.xlsx 或 PDF。"),
            FileKind.Zip => new FileVerdict.Refused("压缩包不能上传。请把里面的文件逐个上传。"),
            _ => new FileVerdict.Refused("只能上传 PDF、JPG、PNG、WebP、Word（.docx）和 Excel（.xlsx）文件。"),
        };
    }

    /// <summary>Judges a scan: PDF or a picture.</summary>
    /// <param name="content">Seekable.</param>
    public static FileVerdict JudgeScan(Stream content) => JudgeAttachment(content) switch
    {
        FileVerdict.Accepted { ContentType: "application/pdf" or "image/jpeg" or "image/png" or "image/webp" } scan => scan,
        FileVerdict.Accepted => new FileVerdict.Refused("扫描件只能是 PDF、JPG、PNG 或 WebP 文件，请扫描或导出后重新上传。"),
        var refused => refused,
    };

    /// <summary>A picture is kept as it came, but drawn into documents later: what could not be drawn then is refused now.</summary>
    private static FileVerdict JudgePicture(Stream content, string contentType)
    {
        var position = content.Position;
        var refusal = DrawablePicture.Refuse(content);
        content.Position = position;
        return refusal switch
        {
            null => new FileVerdict.Accepted(content, contentType),
            PhotoRefusal.TooManyPixels => new FileVerdict.Refused("图片超过 4000 万像素的限制。请缩小后重新选择。", FileRefusal.Unfit),
            _ => new FileVerdict.Refused("图片已损坏或不完整，请重新选择。", FileRefusal.Unfit),
        };
    }

    private static FileVerdict IsProgram() => new FileVerdict.Refused("文件内容是程序，不能上传。改过扩展名的程序同样不能上传。");

    private static long Megabytes(long bytes) => (bytes + (1024 * 1024) - 1) / (1024 * 1024);
}
