using System.Security.Cryptography;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Audit;

/// <summary>The key that signs audit checkpoints (ECDSA P-256), made at first use and readable by the service's account only.</summary>
public sealed class CheckpointKey(IOptions<DataOptions> options) : IDisposable
{
    private readonly Lock loading = new();
    private ECDsa? key;

    /// <summary>The key file.</summary>
    public string FilePath { get; } =
        Path.Combine(options.Value.KeyFolder ?? Path.Combine(options.Value.Folder, "keys"), "audit-checkpoint.pem");

    /// <summary>Signs the text.</summary>
    public string Sign(string text) =>
        Convert.ToBase64String(Load().SignData(System.Text.Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256));

    /// <summary>Whether the signature is this key's over the text; false also for a malformed one.</summary>
    public bool IsSigned(string text, string signature)
    {
        var bytes = new byte[128];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && Load().VerifyData(System.Text.Encoding.UTF8.GetBytes(text), bytes.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    /// <inheritdoc />
    public void Dispose() => key?.Dispose();

    private ECDsa Load()
    {
        lock (loading)
        {
            return key ??= File.Exists(FilePath) ? Read() : Create();
        }
    }

    private ECDsa Read()
    {
        var read = ECDsa.Create();
        read.ImportFromPem(File.ReadAllText(FilePath));
        return read;
    }

    private ECDsa Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // CreateNew: of two processes starting at once, the second fails here instead of replacing a key already used.
        using var writer = new StreamWriter(FilePath, create);
        writer.Write(made.ExportPkcs8PrivateKeyPem());
        return made;
    }
}
