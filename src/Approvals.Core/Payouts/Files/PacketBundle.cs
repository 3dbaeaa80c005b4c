using System.IO.Compression;
using System.Text;
using Approvals.Core.Calendar;

namespace Approvals.Core.Payouts.Files;

/// <summary>Manifest and archive of a packet. Pure: the same files give the same bytes.</summary>
public static class PacketBundle
{
    /// <summary>One line for each file, hash and name, as <c>sha256sum -c</c> reads it.</summary>
    public static byte[] Manifest(IEnumerable<PacketEntry> files) =>
        Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Sha256}  {file.Name}\n")));

    /// <summary>All files in one .zip.</summary>
    /// <param name="files">The files.</param>
    /// <param name="at">Time of the entries: when the packet was built, never the clock.</param>
    public static byte[] Archive(IReadOnlyList<PacketEntry> files, DateTimeOffset at)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var file in files)
            {
                // PDF, workbook and pictures are compressed already.
                var entry = zip.CreateEntry(file.Name, CompressionLevel.Fastest);
                entry.LastWriteTime = ChinaTime.ToLocal(at);
                using var content = entry.Open();
                content.Write(file.Content);
            }
        }

        return stream.ToArray();
    }
}
