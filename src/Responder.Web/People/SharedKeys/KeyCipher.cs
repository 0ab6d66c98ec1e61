using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Responder.Sdk;

namespace Responder.Web.People.SharedKeys;

/// <summary>Encrypts the keys of sessions with a secret that is not in the database: AES-256-GCM, the key made from the secret by HKDF.</summary>
internal sealed class KeyCipher : IXmlEncryptor
{
    private readonly byte[] _key;

    /// <param name="secret">The setting <c>SignIn:SessionSecret</c>.</param>
    public KeyCipher(Secret secret) => _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()), 32, info: "responder/session-keys"u8.ToArray());

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var (nonce, cipher, tag) = (RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize), new byte[plain.Length], new byte[AesGcm.TagByteSizes.MaxSize]);
        using var aes = new AesGcm(_key, tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        return new EncryptedXmlInfo(new XElement("key", Convert.ToBase64String([.. nonce, .. tag, .. cipher])), typeof(Opener));
    }

    private XElement Decrypt(XElement encrypted)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var bytes = Convert.FromBase64String(encrypted.Value).AsSpan();
        var plain = new byte[bytes.Length - nonce - tag];
        using var aes = new AesGcm(_key, tag);
        aes.Decrypt(bytes[..nonce], bytes[(nonce + tag)..], bytes.Slice(nonce, tag), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    /// <summary>The way back, which the library makes from the name that stands beside each key.</summary>
    /// <param name="services">Where the cipher is.</param>
#pragma warning disable CA1812 // The library makes it.
    internal sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<KeyCipher>().Decrypt(encryptedElement);
    }
#pragma warning restore CA1812
}
