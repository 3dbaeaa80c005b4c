using System.IO.Compression;
using System.Text;
using Approvals.Documents.Images;

namespace Approvals.Documents.Tests;

public sealed class FileSignaturesTests(DocumentFixture documents)
{
    [Fact]
    public void Our_own_documents_are_PDF() =>
        Assert.Equal(FileKind.Pdf, FileSignatures.Detect(new MemoryStream(documents.Render(Samples.Card).Pdf)));

    [Theory]
    [InlineData("MZ\u0090\0\u0003%PDF-1.7", FileKind.Executable)]
    [InlineData("\u007fELF\u0002", FileKind.Executable)]
    [InlineData("#!/bin/sh\n", FileKind.Executable)]
    [InlineData("\n\n%PDF-1.7\n", FileKind.Pdf)]
    [InlineData("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", FileKind.LegacyOffice)]
    [InlineData("PK\u0003\u0004 but no archive", FileKind.Unknown)]
    [InlineData("hello", FileKind.Unknown)]
    [InlineData("", FileKind.Unknown)]
    public void First_bytes_decide(string content, FileKind kind) =>
        Assert.Equal(kind, FileSignatures.Detect(new MemoryStream(Encoding.Latin1.GetBytes(content))));

    [Theory]
    [InlineData(FileKind.Docx, "[Content_Types].xml", "word/document.xml")]
    [InlineData(FileKind.Xlsx, "[Content_Types].xml", "xl/workbook.xml")]
    [InlineData(FileKind.MacroOffice, "[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")]
    [InlineData(FileKind.Zip, "word/document.xml")]
    [InlineData(FileKind.Zip, "setup.exe")]
    public void Archives_are_what_they_hold(FileKind kind, params string[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                archive.CreateEntry(entry);
            }
        }

        stream.Position = 0;
        Assert.Equal(kind, FileSignatures.Detect(stream));
        Assert.Equal(0, stream.Position);
    }
}
