using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Approvals.Web.Security;

/// <summary>Encrypts the keys of cookies by the secret of the <see cref="KeyFile"/> (AES-256-GCM).</summary>
public sealed class KeyFileEncryptor(KeyFile file) : IXmlEncryptor
{
    internal const int NonceSize = 12;

    internal const int TagSize = 16;

    /// <inheritdoc />
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedText = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(file.Secret, TagSize);
        cipher.Encrypt(
            sealedText.AsSpan(0, NonceSize), plain, sealedText.AsSpan(NonceSize + TagSize), sealedText.AsSpan(NonceSize, TagSize));
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(
            new XElement("sealed", new XAttribute("algorithm", "AES-256-GCM"), Convert.ToBase64String(sealedText)), typeof(KeyFileDecryptor));
    }
}

/// <summary>Reads what <see cref="KeyFileEncryptor"/> wrote; made by the framework from the name in the stored key.</summary>
public sealed class KeyFileDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc />
    /// <exception cref="CryptographicException">It was encrypted by another secret, or changed.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        const int Head = KeyFileEncryptor.NonceSize + KeyFileEncryptor.TagSize;
        var sealedText = Convert.FromBase64String(encryptedElement.Value);
        var plain = new byte[sealedText.Length - Head];
        using var cipher = new AesGcm(services.GetRequiredService<KeyFile>().Secret, KeyFileEncryptor.TagSize);
        cipher.Decrypt(
            sealedText.AsSpan(0, KeyFileEncryptor.NonceSize), sealedText.AsSpan(Head),
            sealedText.AsSpan(KeyFileEncryptor.NonceSize, KeyFileEncryptor.TagSize), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
