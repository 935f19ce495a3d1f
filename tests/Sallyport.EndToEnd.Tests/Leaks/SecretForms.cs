using System.Collections.Immutable;
using System.Text;

namespace Sallyport.EndToEnd.Tests.Leaks;

/// <summary>The forms in which a key gets into files and logs by mistake.</summary>
internal static class SecretForms
{
    private const int BytesInGroup = 3;
    private const int TextInGroup = 4;

    /// <summary>Raw; hexadecimal in both cases, with and without dashes; base64 at each of the three places where it can begin in a longer text, in both alphabets.</summary>
    public static ImmutableArray<byte[]> Of(ReadOnlySpan<byte> secret)
    {
        string hex = Convert.ToHexString(secret);
        ImmutableArray<string>.Builder texts = ImmutableArray.CreateBuilder<string>();
        texts.AddRange(hex, hex.ToLowerInvariant(), string.Join('-', hex.Chunk(2).Select(digits => new string(digits))));
        for (int shift = 0; shift < BytesInGroup; shift++)
        {
            byte[] shifted = new byte[shift + secret.Length];
            secret.CopyTo(shifted.AsSpan(shift));

            // The characters that the bytes before and after have no part in.
            int from = shift == 0 ? 0 : TextInGroup;
            int to = shifted.Length / BytesInGroup * TextInGroup;
            string base64 = Convert.ToBase64String(shifted)[from..to];
            texts.AddRange(base64, base64.Replace('+', '-').Replace('/', '_'));
        }

        return [secret.ToArray(), .. texts.Distinct(StringComparer.Ordinal).Select(Encoding.ASCII.GetBytes)];
    }
}
