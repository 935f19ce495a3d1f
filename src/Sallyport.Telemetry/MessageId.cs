using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Telemetry;

/// <summary>Builds message ids: the same parts always give the same id, different parts never do.</summary>
internal static class MessageId
{
    /// <summary>IoT Hub's limit.</summary>
    public const int MaxLength = 128;

    private const char Separator = ':';

    // IoT Hub allows a few more; the separator must not be among them, or two different lists of parts could read alike.
    private static readonly SearchValues<char> Harmless =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>The parts with colons between, or a SHA-256 of them where that would be too long or not allowed.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var joined = string.Join(Separator, parts);
        var isPlain = joined.Length <= MaxLength;
        foreach (var part in parts)
        {
            isPlain &= part.Length > 0 && !part.AsSpan().ContainsAnyExcept(Harmless);
        }

        return isPlain ? joined : Hash(parts);
    }

    /// <summary>A number as an id part.</summary>
    public static string Part(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hash(ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}{Separator}{part}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
