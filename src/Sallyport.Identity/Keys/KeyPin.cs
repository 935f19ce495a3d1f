using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Identity.Keys;

/// <summary>Which provider has a key and which key it is, for a file beside what depends on it. Nothing in it is secret.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="SubjectPublicKeyInfo">The public half, DER, on P-256.</param>
public sealed record KeyPin(string Provider, ReadOnlyMemory<byte> SubjectPublicKeyInfo)
{
    /// <summary>The most bytes that a file of one has.</summary>
    public const int MaxSizeInBytes = 512;

    private const string Version = "sallyport-key-pin-1";
    private const int Bits = 256;

    /// <summary>Three lines: version, provider, public key in Base64.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes($"{Version}\n{Provider}\n{Convert.ToBase64String(SubjectPublicKeyInfo.Span)}\n");

    /// <summary>False for anything that <see cref="ToBytes"/> did not write.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, [NotNullWhen(true)] out KeyPin? pin)
    {
        pin = null;
        if (from.Length > MaxSizeInBytes || Encoding.ASCII.GetString(from).Split('\n') is not [Version, "tpm" or "pkcs11" or "file", _, ""] lines)
        {
            return false;
        }

        byte[] key = new byte[from.Length];
        if (Convert.TryFromBase64String(lines[2], key, out int length) && IsOnP256(key.AsSpan(0, length)))
        {
            pin = new KeyPin(lines[1], key.AsMemory(0, length));
        }

        return pin is not null;
    }

    private static bool IsOnP256(ReadOnlySpan<byte> key)
    {
        using var parsed = ECDsa.Create();
        try
        {
            parsed.ImportSubjectPublicKeyInfo(key, out int read);
            return read == key.Length && parsed.KeySize == Bits;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
