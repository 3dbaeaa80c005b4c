using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Audit;

/// <summary>The key that signs audit checkpoints (ECDSA P-256), made at first use and readable by the service's account only.</summary>
public sealed class CheckpointKey(IOptions<DataOptions> options) : IDisposable
{
    private readonly Lock loading = new();
    private ECDsa? key;

    /// <summary>The key file.</summary>
    public string FilePath { get; } = options.Value.KeyPath("audit-checkpoint.pem");

    /// <summary>Signs the text.</summary>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public string Sign(string text) =>
        Convert.ToBase64String(Load().SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256));

    /// <summary>Whether the signature is this key's over the text; false also for a malformed one.</summary>
    public bool IsSigned(string text, string signature)
    {
        var bytes = new byte[128];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && Load().VerifyData(Encoding.UTF8.GetBytes(text), bytes.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    /// <inheritdoc />
    public void Dispose() => key?.Dispose();

    private ECDsa Load()
    {
        lock (loading)
        {
            return key ??= Read(Encoding.ASCII.GetString(SecretFile.ReadOrCreate(FilePath, Make)));
        }
    }

    private ECDsa Read(string pem)
    {
        var read = ECDsa.Create();
        try
        {
            read.ImportFromPem(pem);
            return read;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            read.Dispose();
            throw new InvalidDataException($"The file {FilePath} holds no key; bring it back from the backup of the keys.", exception);
        }
    }

    private static byte[] Make()
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem());
    }
}
