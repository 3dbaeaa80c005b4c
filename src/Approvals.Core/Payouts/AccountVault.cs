using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Data;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Payouts;

/// <summary>
/// Encrypts account numbers at rest (AES-256-GCM) with a key outside the database, made at first use in <c>Data:KeyFolder</c> and
/// readable by the service's account only: a copy of the database opens no account. What is sealed names its key; the newest key seals,
/// older ones open what they sealed until it has been sealed anew (<see cref="Accounts.SealAnew"/>). Singleton.
/// </summary>
public sealed class AccountVault(IOptions<DataOptions> options)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int FirstKey = 1;

    /// <summary>Bytes at the beginning of a sealed file that tell its key.</summary>
    public const int FileHeadBytes = 12;

    /// <summary>Before the key's number in a sealed file. What the first key sealed has neither; its random beginning is never this.</summary>
    private static readonly byte[] FileMark = "APPRKEY:"u8.ToArray();

    /// <summary>The keys.</summary>
    public KeyRing Keys { get; } = new(options.Value.KeyPath("payee-accounts.key"), SecretFile.Key);

    /// <summary>File of the first key.</summary>
    public string FilePath => Keys.FirstPath;

    /// <summary>What a number sealed by the newest key begins with.</summary>
    public string NewestName() => NameOf(Keys.Newest());

    /// <summary>Encrypts a number for one row; the row's id is authenticated with it, so texts cannot be swapped between rows.</summary>
    public string Seal(Guid accountId, string number)
    {
        var key = Keys.Newest();
        return NameOf(key) + Convert.ToBase64String(Encrypt(Derive(key, "seal"), accountId, Encoding.ASCII.GetBytes(number)));
    }

    /// <summary>Decrypts the number of a row. Whoever calls this for a person records the look.</summary>
    /// <exception cref="CryptographicException">The text was changed, belongs to another row, or its key is not there or another.</exception>
    public string Open(Guid accountId, string sealedNumber)
    {
        var key = KeyOf(sealedNumber);
        var text = Convert.FromBase64String(sealedNumber[NameOf(key).Length..]);
        return Encoding.ASCII.GetString(Decrypt(Derive(key, "seal"), accountId, text));
    }

    /// <summary>Encrypts a whole file that has account numbers in it; its purpose and id are authenticated with it.</summary>
    public byte[] SealFile(Guid ownerId, ReadOnlySpan<byte> content)
    {
        var key = Keys.Newest();
        var text = Encrypt(Derive(key, "file"), ownerId, content);
        if (key == FirstKey)
            return text;
        var head = new byte[FileHeadBytes];
        FileMark.CopyTo(head.AsSpan());
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(FileMark.Length), key);
        return [.. head, .. text];
    }

    /// <summary>Decrypts such a file. Whoever calls this for a person records the look.</summary>
    /// <exception cref="CryptographicException">The content was changed, belongs to another owner, or its key is not there or another.</exception>
    public byte[] OpenFile(Guid ownerId, ReadOnlySpan<byte> sealedContent)
    {
        var key = KeyOfFile(sealedContent);
        return Decrypt(Derive(key, "file"), ownerId, key == FirstKey ? sealedContent : sealedContent[FileHeadBytes..]);
    }

    /// <summary>Number of the key that sealed a file, from its first <see cref="FileHeadBytes"/> bytes.</summary>
    public static int KeyOfFile(ReadOnlySpan<byte> head) => head.Length >= FileHeadBytes && head.StartsWith(FileMark)
        ? BinaryPrimitives.ReadInt32BigEndian(head[FileMark.Length..])
        : FirstKey;

    /// <summary>
    /// Keyed hash of a number, lower-case hex, by the key that sealed the text it stands beside, whichever is the newest now: equal numbers
    /// are found without opening them, and nobody can try numbers out.
    /// </summary>
    /// <param name="sealedNumber">From <see cref="Seal"/>.</param>
    /// <param name="number">Digits only.</param>
    public string Fingerprint(string sealedNumber, string number) => Fingerprint(KeyOf(sealedNumber), number);

    /// <summary>
    /// A stored account's fingerprint as it can be compared with others: by one key for all of them, also for an account that another key
    /// sealed. Shows nobody anything.
    /// </summary>
    /// <param name="key">Number of the key, the same for all; best the newest, as most are sealed by it.</param>
    /// <param name="accountId">Which account.</param>
    /// <param name="sealedNumber">As stored.</param>
    /// <param name="fingerprint">As stored beside it.</param>
    public string Comparable(int key, Guid accountId, string sealedNumber, string fingerprint) =>
        KeyOf(sealedNumber) == key ? fingerprint : Fingerprint(key, Open(accountId, sealedNumber));

    private static string NameOf(int key) => string.Create(CultureInfo.InvariantCulture, $"{key}.");

    /// <summary>Number of the key that sealed a number.</summary>
    /// <exception cref="CryptographicException">It names none.</exception>
    public static int KeyOf(string sealedNumber) =>
        sealedNumber.IndexOf('.', StringComparison.Ordinal) is > 0 and var point
        && int.TryParse(sealedNumber.AsSpan(0, point), NumberStyles.None, CultureInfo.InvariantCulture, out var key) && key >= FirstKey
            ? key
            : throw new CryptographicException("Unknown format of a sealed account number.");

    private static byte[] Encrypt(byte[] key, Guid id, ReadOnlySpan<byte> plain)
    {
        var text = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(text.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            text.AsSpan(0, NonceBytes), plain, text.AsSpan(NonceBytes + TagBytes), text.AsSpan(NonceBytes, TagBytes), id.ToByteArray());
        return text;
    }

    private static byte[] Decrypt(byte[] key, Guid id, ReadOnlySpan<byte> text)
    {
        if (text.Length < NonceBytes + TagBytes)
            throw new CryptographicException("What is sealed is shorter than a seal.");
        var plain = new byte[text.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(text[..NonceBytes], text[(NonceBytes + TagBytes)..], text.Slice(NonceBytes, TagBytes), plain, id.ToByteArray());
        return plain;
    }

    private string Fingerprint(int key, string number) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Derive(key, "fingerprint"), Encoding.ASCII.GetBytes(number)));

    private byte[] Derive(int key, string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Keys.Key(key), KeyBytes, info: Encoding.ASCII.GetBytes("approvals:payee-accounts:" + purpose));
}
