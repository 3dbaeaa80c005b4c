namespace Approvals.Core.Files;

/// <summary>
/// A file in the store (文件): content lies in the data folder under its SHA-256, written before the transaction that names it; a
/// file nobody names is harmless.
/// </summary>
public sealed class StoredFile
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>SHA-256 of the content, lower-case hex. Of a sealed file it changes when the file is sealed anew.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Content type found by looking at the content, never the one claimed.</summary>
    public required string ContentType { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who stored it; null for the system or the public.</summary>
    public Guid? CreatedBy { get; init; }
}
