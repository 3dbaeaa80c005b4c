namespace Approvals.Workflows;

/// <summary>The JSON is not a workflow definition. <see cref="Path"/> says where, e.g. <c>root.activities[3].id</c>.</summary>
public sealed class DefinitionFormatException(string path, string message, Exception? inner = null)
    : FormatException($"{path}: {message}", inner)
{
    /// <summary>Where in the document the trouble is, in JSON path notation without the leading <c>$</c>.</summary>
    public string Path { get; } = path;
}
