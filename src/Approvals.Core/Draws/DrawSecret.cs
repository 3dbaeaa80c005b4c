using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Draws;

/// <summary>
/// The server's secret that the numbers of draws are made from: 32 random bytes in a file beside the key of the audit checkpoints, made at
/// first use, readable by the service's account only and never in the database. Singleton.
/// </summary>
public sealed class DrawSecret(IOptions<DataOptions> options)
{
    private readonly Lock loading = new();
    private byte[]? secret;

    /// <summary>The file.</summary>
    public string FilePath { get; } =
        Path.Combine(options.Value.KeyFolder ?? Path.Combine(options.Value.Folder, "keys"), "draw-secret.key");

    /// <summary>The secret number of a draw: always the same for one draw, and not to be guessed from those of others.</summary>
    public byte[] NonceOf(Guid drawId) => HMACSHA256.HashData(Load(), Encoding.ASCII.GetBytes($"nonce {drawId:D}"));

    private byte[] Load()
    {
        lock (loading)
        {
            return secret ??= File.Exists(FilePath) ? Read() : Create();
        }
    }

    private byte[] Read() => File.ReadAllBytes(FilePath) is { Length: 32 } read
        ? read
        : throw new CryptographicException("The file of the draws' secret is damaged; bring it back from the backup of the keys.");

    private byte[] Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // CreateNew: of two processes starting at once, the second fails here instead of replacing a secret already used.
        var made = RandomNumberGenerator.GetBytes(32);
        using var file = new FileStream(FilePath, create);
        file.Write(made);
        return made;
    }
}
