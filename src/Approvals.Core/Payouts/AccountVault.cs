using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Payouts;

/// <summary>
/// Encrypts account numbers at rest (AES-256-GCM) with a key outside the database, made at first use in <c>Data:KeyFolder</c> and
/// readable by the service's account only: a copy of the database opens no account. Singleton.
/// </summary>
public sealed class AccountVault(IOptions<DataOptions> options)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lock loading = new();
    private byte[]? key;

    /// <summary>The key file.</summary>
    public string FilePath { get; } = options.Value.KeyPath("payee-accounts.key");

    /// <summary>Encrypts a number for one row; the row's id is authenticated with it, so texts cannot be swapped between rows.</summary>
    public string Seal(Guid accountId, string number)
    {
        var plain = Encoding.ASCII.GetBytes(number);
        var text = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(text.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(Derive("seal"), TagBytes);
        aes.Encrypt(
            text.AsSpan(0, NonceBytes), plain, text.AsSpan(NonceBytes + TagBytes), text.AsSpan(NonceBytes, TagBytes),
            accountId.ToByteArray());
        return "1." + Convert.ToBase64String(text);
    }

    /// <summary>Decrypts the number of a row. Whoever calls this for a person records the look.</summary>
    /// <exception cref="CryptographicException">The text was changed, belongs to another row, or the key is another.</exception>
    public string Open(Guid accountId, string sealedNumber)
    {
        if (!sealedNumber.StartsWith("1.", StringComparison.Ordinal))
        {
            throw new CryptographicException("Unknown format of a sealed account number.");
        }

        var text = Convert.FromBase64String(sealedNumber[2..]);
        var plain = new byte[text.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(Derive("seal"), TagBytes);
        aes.Decrypt(
            text.AsSpan(0, NonceBytes), text.AsSpan(NonceBytes + TagBytes), text.AsSpan(NonceBytes, TagBytes), plain,
            accountId.ToByteArray());
        return Encoding.ASCII.GetString(plain);
    }

    /// <summary>Encrypts a whole file that has account numbers in it; its purpose and id are authenticated with it.</summary>
    public byte[] SealFile(Guid ownerId, ReadOnlySpan<byte> content)
    {
        var text = new byte[NonceBytes + TagBytes + content.Length];
        RandomNumberGenerator.Fill(text.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(Derive("file"), TagBytes);
        aes.Encrypt(
            text.AsSpan(0, NonceBytes), content, text.AsSpan(NonceBytes + TagBytes), text.AsSpan(NonceBytes, TagBytes),
            ownerId.ToByteArray());
        return text;
    }

    /// <summary>Decrypts such a file. Whoever calls this for a person records the look.</summary>
    /// <exception cref="CryptographicException">The content was changed, belongs to another owner, or the key is another.</exception>
    public byte[] OpenFile(Guid ownerId, ReadOnlySpan<byte> sealedContent)
    {
        var content = new byte[sealedContent.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(Derive("file"), TagBytes);
        aes.Decrypt(
            sealedContent[..NonceBytes], sealedContent[(NonceBytes + TagBytes)..], sealedContent.Slice(NonceBytes, TagBytes), content,
            ownerId.ToByteArray());
        return content;
    }

    /// <summary>Keyed hash of a number, lower-case hex: equal numbers are found without opening them, and nobody can try numbers out.</summary>
    public string Fingerprint(string number) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Derive("fingerprint"), Encoding.ASCII.GetBytes(number)));

    private byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Load(), KeyBytes, info: Encoding.ASCII.GetBytes("approvals:payee-accounts:" + purpose));

    private byte[] Load()
    {
        lock (loading)
        {
            return key ??= SecretFile.Key(FilePath);
        }
    }
}
