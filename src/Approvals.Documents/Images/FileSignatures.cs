using System.IO.Compression;

namespace Approvals.Documents.Images;

/// <summary>What a file is by its content.</summary>
public enum FileKind
{
    /// <summary>None of the known kinds.</summary>
    Unknown,

    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP.</summary>
    Webp,

    /// <summary>Word document without macros.</summary>
    Docx,

    /// <summary>Excel workbook without macros.</summary>
    Xlsx,

    /// <summary>Office file with macros, whatever its ending.</summary>
    MacroOffice,

    /// <summary>Office file of before 2007 (.doc, .xls); may hold macros.</summary>
    LegacyOffice,

    /// <summary>Zip archive.</summary>
    Zip,

    /// <summary>Program or script: PE, ELF, Mach-O, #!.</summary>
    Executable,
}

/// <summary>
/// Recognises files by their first bytes, Office files by what their archive holds. Names and endings are not asked.
/// </summary>
public static class FileSignatures
{
    private const int HeadLength = 1024;

    /// <summary>The kind of a seekable stream's content; its position is left where it was.</summary>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static FileKind Detect(Stream content)
    {
        if (!content.CanSeek)
        {
            throw new ArgumentException("The stream must be seekable.", nameof(content));
        }

        var position = content.Position;
        Span<byte> buffer = stackalloc byte[HeadLength];
        var head = buffer[..content.ReadAtLeast(buffer, HeadLength, throwOnEndOfStream: false)];
        content.Position = position;
        var kind = ByHead(head);
        if (kind == FileKind.Zip)
        {
            kind = InsideZip(content);
            content.Position = position;
        }

        return kind;
    }

    private static FileKind ByHead(ReadOnlySpan<byte> head)
    {
        // Programs first: a PE with %PDF- in its stub is a program.
        if (head.StartsWith("MZ"u8)
            || head.StartsWith((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F'])
            || head.StartsWith("#!"u8) || IsMachO(head))
        {
            return FileKind.Executable;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return FileKind.Jpeg;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return FileKind.Png;
        }

        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8))
        {
            return FileKind.Webp;
        }

        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
        {
            return FileKind.Zip;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return FileKind.LegacyOffice;
        }

        // Readers accept a PDF whose header comes within the first kilobyte.
        return head.IndexOf("%PDF-"u8) >= 0 ? FileKind.Pdf : FileKind.Unknown;
    }

    private static bool IsMachO(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && (head[0], head[1], head[2], head[3]) is
            (0xCF or 0xCE, 0xFA, 0xED, 0xFE) or (0xFE, 0xED, 0xFA, 0xCE or 0xCF) or (0xCA, 0xFE, 0xBA, 0xBE);

    // Only the archive's directory is read; nothing is unpacked.
    private static FileKind InsideZip(Stream content)
    {
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            var names = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (!names.Contains("[Content_Types].xml"))
            {
                return FileKind.Zip;
            }

            if (names.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                return FileKind.MacroOffice;
            }

            return names.Contains("word/document.xml") ? FileKind.Docx
                : names.Contains("xl/workbook.xml") ? FileKind.Xlsx
                : FileKind.Zip;
        }
        catch (InvalidDataException)
        {
            return FileKind.Unknown;
        }
    }
}
