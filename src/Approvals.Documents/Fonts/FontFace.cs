using System.Text;
using HarfBuzzSharp;
using Tag = HarfBuzzSharp.Tag;

namespace Approvals.Documents.Fonts;

/// <summary>
/// One TrueType font file, memory-mapped: metrics for layout and subsets for embedding. Immutable and safe for many threads.
/// </summary>
public sealed class FontFace : IDisposable
{
    private readonly MappedFile file;
    private readonly Blob blob;
    private readonly Face face;
    private readonly Font font;

    private FontFace(string path, IReadOnlyList<string> families, bool bold, MappedFile file, Blob blob, Face face)
    {
        this.file = file;
        Path = path;
        Families = families;
        IsBold = bold;
        this.blob = blob;
        this.face = face;
        font = new Font(face);
        font.SetScale(face.UnitsPerEm, face.UnitsPerEm);
        font.SetFunctionsOpenType();
        face.MakeImmutable();
        UnitsPerEm = face.UnitsPerEm;
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>The file's name without folder and ending; sites name fonts by it or by one of <see cref="Families"/>.</summary>
    public string FileName => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The names of its family that the font gives itself, in every language.</summary>
    public IReadOnlyList<string> Families { get; }

    /// <summary>Whether the font is of a bold weight (600 and up).</summary>
    public bool IsBold { get; }

    /// <summary>Font units to the em.</summary>
    public int UnitsPerEm { get; }

    /// <summary>Opens a TrueType font.</summary>
    /// <exception cref="FontException">Not a font, a collection, or a font with CFF outlines.</exception>
    public static FontFace Load(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        RefuseUnlessTrueType(path, name);
        var file = MappedFile.Open(path);
        var blob = new Blob(file.Address, file.Length, MemoryMode.ReadOnly);
        var face = new Face(blob, 0);
        if (HasTable(face, "CFF ") || HasTable(face, "CFF2") || !HasTable(face, "glyf"))
        {
            face.Dispose();
            blob.Dispose();
            file.Dispose();
            throw new FontException($"字体文件 {name} 不是 TrueType 轮廓（CFF/OpenType-PS 不支持），请换用 .ttf 版本");
        }

        return new FontFace(path, FontNames.Families(face), FontNames.IsBold(face), file, blob, face);
    }

    /// <summary>Whether the font has a glyph for the character.</summary>
    public bool Has(Rune rune) => font.TryGetGlyph((uint)rune.Value, out var glyph) && glyph != 0;

    /// <summary>The character's advance width as a fraction of the em; 0 when the font has no glyph for it.</summary>
    public float Advance(Rune rune) =>
        font.TryGetGlyph((uint)rune.Value, out var glyph) && glyph != 0
            ? (float)font.GetHorizontalGlyphAdvance(glyph) / UnitsPerEm
            : 0;

    /// <summary>A font file with the glyphs of these code points only.</summary>
    public byte[] Subset(ReadOnlySpan<int> codePoints) => HarfBuzzSubset.Create(face.Handle, codePoints);

    /// <inheritdoc />
    public void Dispose()
    {
        font.Dispose();
        face.Dispose();
        blob.Dispose();
        file.Dispose();
    }

    /// <inheritdoc />
    public override string ToString() => FileName;

    private static bool HasTable(Face face, string tag)
    {
        using var table = face.ReferenceTable(Tag.Parse(tag));
        return table.Length > 0;
    }

    private static void RefuseUnlessTrueType(string path, string name)
    {
        Span<byte> head = stackalloc byte[4];
        using var stream = File.OpenRead(path);
        if (stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) < 4)
        {
            throw new FontException($"字体文件 {name} 不是字体");
        }

        if (head.SequenceEqual("OTTO"u8))
        {
            throw new FontException($"字体文件 {name} 是 CFF 轮廓（OpenType-PS），不支持，请换用 .ttf 版本");
        }

        if (head.SequenceEqual("ttcf"u8))
        {
            throw new FontException($"字体文件 {name} 是字体集合（.ttc），请拆出单个 .ttf 后使用");
        }

        if (!head.SequenceEqual("true"u8) && !head.SequenceEqual((ReadOnlySpan<byte>)[0, 1, 0, 0]))
        {
            throw new FontException($"字体文件 {name} 不是 TrueType 字体");
        }
    }
}
