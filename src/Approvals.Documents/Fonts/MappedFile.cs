using System.IO.MemoryMappedFiles;

namespace Approvals.Documents.Fonts;

/// <summary>
/// A file mapped for reading: only the pages that are touched take memory, and every process shares them. HarfBuzz's own reading of files
/// copies them whole on Linux, 50 MB for the four fonts of the product.
/// </summary>
internal sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;

    private MappedFile(MemoryMappedFile map, MemoryMappedViewAccessor view, int length)
    {
        (this.map, this.view, Length) = (map, view, length);
        Address = view.SafeMemoryMappedViewHandle.DangerousGetHandle() + (nint)view.PointerOffset;
    }

    /// <summary>Where its first byte lies, until it is disposed of.</summary>
    public nint Address { get; }

    /// <summary>Bytes.</summary>
    public int Length { get; }

    /// <summary>Maps a file that is not empty.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static MappedFile Open(string path)
    {
        var map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        return new MappedFile(map, map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), checked((int)new FileInfo(path).Length));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        view.Dispose();
        map.Dispose();
    }
}
