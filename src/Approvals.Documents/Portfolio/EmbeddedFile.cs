namespace Approvals.Documents.Portfolio;

/// <summary>A file to embed in a PDF.</summary>
/// <param name="Name">File name as readers show it.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Content">The bytes.</param>
public sealed record EmbeddedFile(string Name, string ContentType, byte[] Content);
