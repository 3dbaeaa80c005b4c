using System.Security.Cryptography;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Web.Security;

/// <summary>
/// The secret that encrypts the keys of cookies and form tokens in the database: 256 random bits in a file of <c>Data:KeyFolder</c>, made
/// at first use and readable by the service's account only. Servers that share a database share the file.
/// </summary>
public sealed class KeyFile(IOptions<DataOptions> options)
{
    private const int Length = 32;

    private readonly Lock loading = new();
    private byte[]? secret;

    /// <summary>Where it lies.</summary>
    public string FilePath { get; } = Path.Combine(
        options.Value.KeyFolder ?? Path.Combine(options.Value.Folder, "keys"), "cookie-keys.secret");

    /// <summary>The secret.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public byte[] Secret
    {
        get
        {
            lock (loading)
            {
                return secret ??= File.Exists(FilePath) ? Read() : Create();
            }
        }
    }

    private byte[] Read()
    {
        var bytes = new byte[Length];
        var text = File.ReadAllText(FilePath).Trim();
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Length
            ? bytes
            : throw new InvalidDataException($"The file {FilePath} holds no secret of {Length} bytes in base64.");
    }

    private byte[] Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        var made = RandomNumberGenerator.GetBytes(Length);
        var temporary = $"{FilePath}.{Guid.CreateVersion7():N}";
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, create))
        {
            writer.Write(Convert.ToBase64String(made));
        }

        try
        {
            // Race closed: two processes make it at their first start. The move never replaces, so the second reads the first's.
            File.Move(temporary, FilePath);
            return made;
        }
        catch (IOException) when (File.Exists(FilePath))
        {
            return Read();
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
