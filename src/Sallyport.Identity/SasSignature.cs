using System.Globalization;
using System.Text;

namespace Sallyport.Identity;

/// <summary>The bytes that a SAS token's signature covers: audience, line feed, expiry.</summary>
internal static class SasSignature
{
    public const int SizeInBytes = 32;

    public static byte[] BytesToSign(string audience, long expiresAtUnixSeconds) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{audience}\n{expiresAtUnixSeconds}"));
}
