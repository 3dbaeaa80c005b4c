using System.Text;

namespace Approvals.Documents.Fonts;

/// <summary>Where fonts lie and which of them a site wants for which role.</summary>
/// <param name="Folders">Folders with .ttf files, the site's own first; folders that do not exist are passed over.</param>
/// <param name="Families">Role → file name without ending, or family name, e.g. Body → 仿宋_GB2312.</param>
public sealed record FontOptions(IReadOnlyList<string> Folders, IReadOnlyDictionary<FontRole, string>? Families = null)
{
    /// <summary>The free fonts that come with the product, in <c>fonts/</c> beside the program.</summary>
    public static FontOptions Default { get; } = new([Path.Combine(AppContext.BaseDirectory, "fonts")]);
}

/// <summary>
/// The fonts of one installation: a face for every role, and for a character it lacks the next face that has it, because
/// names need rare characters (镕 喆 玥 珺 昇). Loaded once; safe for many threads.
/// </summary>
public sealed class FontLibrary : IDisposable
{
    /// <summary>Rare characters that names in the registers use; a start-up check asks for them.</summary>
    public const string NameProbe = "镕喆玥珺昇";

    private readonly List<FontFace> faces;
    private readonly Dictionary<FontRole, FontFace[]> chains;

    private FontLibrary(List<FontFace> faces, Dictionary<FontRole, FontFace[]> chains)
    {
        this.faces = faces;
        this.chains = chains;
    }

    /// <summary>Loads every .ttf/.otf of the folders and settles the roles.</summary>
    /// <exception cref="FontException">No font, one that cannot be used, or a configured one is missing.</exception>
    public static FontLibrary Load(FontOptions? options = null)
    {
        options ??= FontOptions.Default;
        var faces = new List<FontFace>();
        try
        {
            foreach (var file in options.Folders.Where(Directory.Exists).SelectMany(FontFiles))
            {
                faces.Add(FontFace.Load(file));
            }

            if (faces.Count == 0)
            {
                throw new FontException("没有找到字体：" + string.Join("；", options.Folders));
            }

            var chains = Enum.GetValues<FontRole>().ToDictionary(role => role, role => Chain(role, faces, options));
            return new FontLibrary(faces, chains);
        }
        catch (FontException)
        {
            faces.ForEach(face => face.Dispose());
            throw;
        }
    }

    /// <summary>The face a role is normally set in.</summary>
    public FontFace this[FontRole role] => chains[role][0];

    /// <summary>The face that draws a character in a role, or null when no font has it.</summary>
    public FontFace? Find(FontRole role, Rune rune)
    {
        foreach (var face in chains[role])
        {
            if (face.Has(rune))
            {
                return face;
            }
        }

        return null;
    }

    /// <summary>The distinct characters of a text that no font can draw; white space is not asked for.</summary>
    public IReadOnlyList<string> MissingGlyphs(string text) =>
        [.. OfficialText.Normalize(text).EnumerateRunes()
            .Where(rune => !Rune.IsWhiteSpace(rune) && !faces.Exists(face => face.Has(rune)))
            .Distinct()
            .Select(rune => rune.ToString())];

    /// <inheritdoc />
    public void Dispose() => faces.ForEach(face => face.Dispose());

    private static IEnumerable<string> FontFiles(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".ttf" or ".otf" or ".ttc")
            .Order(StringComparer.Ordinal);

    private static FontFace[] Chain(FontRole role, List<FontFace> faces, FontOptions options)
    {
        var chain = new List<FontFace>();
        if (options.Families is { } families && families.TryGetValue(role, out var wanted))
        {
            chain.Add(faces.Find(face => Is(face, wanted))
                ?? throw new FontException($"配置的字体“{wanted}”（{role}）不在字体目录中"));
        }

        var (stem, bold) = Default(role);
        chain.AddRange(faces.Where(face =>
            face.IsBold == bold && face.FileName.Contains(stem, StringComparison.OrdinalIgnoreCase)));
        chain.AddRange(faces.Where(face => face.IsBold == bold));
        chain.AddRange(faces);
        return [.. chain.Distinct()];
    }

    private static bool Is(FontFace face, string wanted) =>
        face.FileName.Equals(wanted, StringComparison.OrdinalIgnoreCase)
        || face.Families.Contains(wanted, StringComparer.OrdinalIgnoreCase);

    private static (string Stem, bool Bold) Default(FontRole role) => role switch
    {
        FontRole.Title => ("Serif", true),
        FontRole.Heading => ("Sans", true),
        FontRole.Label => ("Sans", false),
        _ => ("Serif", false),
    };
}
