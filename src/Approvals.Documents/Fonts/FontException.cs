namespace Approvals.Documents.Fonts;

/// <summary>A font file that cannot be used, or a configured font that is not there. The message names the file.</summary>
public sealed class FontException(string message) : Exception(message);

/// <summary>
/// A text holds characters that no loaded font can draw. An official document is not issued with holes in it, so rendering
/// stops; the operator adds a font with these characters and runs it again. The message lists code points, not the text.
/// </summary>
public sealed class MissingGlyphException(IReadOnlyList<string> characters)
    : Exception("字体缺字：" + string.Join("、", characters.Select(c => $"U+{char.ConvertToUtf32(c, 0):X4}")))
{
    /// <summary>The characters, each one as a string.</summary>
    public IReadOnlyList<string> Characters { get; } = characters;
}
