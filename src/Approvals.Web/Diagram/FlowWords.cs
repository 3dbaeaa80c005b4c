namespace Approvals.Web.Diagram;

/// <summary>The words of a diagram in the reader's language.</summary>
/// <param name="Language">Name of the language; layouts are kept by it, for words have different widths.</param>
/// <param name="Of">The text for a Chinese one.</param>
public sealed record FlowWords(string Language, Func<string, string> Of)
{
    /// <summary>Chinese as it stands.</summary>
    public static FlowWords Chinese { get; } = new("zh", text => text);
}
