using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;

namespace Approvals.Web.Studio.Hosting;

/// <summary>A file of Elsa Studio as it lies on disk.</summary>
/// <param name="Location">Absolute path.</param>
/// <param name="ContentType">Type of what it holds.</param>
/// <param name="IsBrotli">Whether it is stored compressed.</param>
/// <param name="Tag">Begins the entity tag: hash of the stored bytes.</param>
/// <param name="IsFingerprinted">Whether its name changes with its content.</param>
public sealed record StudioFile(string Location, string ContentType, bool IsBrotli, string Tag, bool IsFingerprinted);

/// <summary>
/// The files of Elsa Studio beside the program (<c>studio/</c>, put there by StudioFiles.targets), read once: which there are decides
/// what is served, so no path of a request ever reaches the disk.
/// </summary>
public sealed class StudioPackage
{
    private readonly FrozenDictionary<string, StudioFile> _files;

    /// <summary>Looks at the files beside the program.</summary>
    /// <exception cref="DirectoryNotFoundException">The program was built or published without them.</exception>
    public StudioPackage()
        : this(Path.Combine(AppContext.BaseDirectory, "studio"))
    {
    }

    internal StudioPackage(string folder)
    {
        _files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToFrozenDictionary(
            path => NameOf(Path.GetRelativePath(folder, path)), Describe, StringComparer.Ordinal);
        using var package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package.json")));
        Version = package.RootElement.GetProperty("version").GetString()!;
    }

    /// <summary>Version of the npm package, part of the addresses.</summary>
    public string Version { get; }

    /// <summary>Names of the files, as browsers ask for them.</summary>
    public IReadOnlyCollection<string> Names => _files.Keys;

    /// <summary>The file of that name, or null.</summary>
    public StudioFile? Find(string? name) => name is null ? null : _files.GetValueOrDefault(name);

    private static string NameOf(string relative)
    {
        var name = relative.Replace(Path.DirectorySeparatorChar, '/');
        return name.EndsWith(".br", StringComparison.Ordinal) ? name[..^3] : name;
    }

    private static StudioFile Describe(string path)
    {
        var name = NameOf(path);
        return new StudioFile(
            path,
            ContentTypeOf(name),
            path.EndsWith(".br", StringComparison.Ordinal),
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..20],
            IsFingerprintedName(Path.GetFileName(name)));
    }

    /// <summary>Names such as <c>System.Linq.zrgapkccbx.wasm</c>: ten characters of a hash before the ending.</summary>
    private static bool IsFingerprintedName(string name) =>
        name.Split('.') is [.., { Length: 10 } hash, "wasm" or "js" or "dat"] && hash.All(char.IsAsciiLetterOrDigit);

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" => "application/json",
        ".wasm" => "application/wasm",
        ".dat" => "application/octet-stream",
        ".cur" => "image/x-icon",
        _ => Types.TryGetContentType(name, out var type) ? type : "application/octet-stream",
    };

    private static readonly FileExtensionContentTypeProvider Types = new();
}
