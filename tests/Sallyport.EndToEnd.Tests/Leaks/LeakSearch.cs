using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace Sallyport.EndToEnd.Tests.Leaks;

/// <summary>Looks for secrets in bytes, and in what Brotli makes of them from any place on.</summary>
internal sealed class LeakSearch
{
    private readonly List<(string Name, ImmutableArray<byte[]> Forms)> _secrets = [];

    /// <summary>A key, in any of its forms.</summary>
    public void AddKey(string name, ReadOnlySpan<byte> key) => _secrets.Add((name, SecretForms.Of(key)));

    /// <summary>A text, as it stands.</summary>
    public void AddText(string text) => _secrets.Add((text, [Encoding.UTF8.GetBytes(text)]));

    /// <summary>The names of the secrets that are there.</summary>
    public IEnumerable<string> FindIn(ReadOnlyMemory<byte> bytes) =>
        _secrets.Where(secret => secret.Forms.Any(form => bytes.Span.IndexOf(form) >= 0)).Select(secret => secret.Name);

    /// <summary>The same, and in addition in what lies there compressed.</summary>
    public IEnumerable<string> FindCompressedIn(ReadOnlyMemory<byte> bytes)
    {
        byte[] text = new byte[64 * 1024];
        HashSet<string> found = [.. FindIn(bytes)];
        for (int at = 0; at < bytes.Length; at++)
        {
            // From a run of zeros nothing can be decompressed that is worth it.
            if (bytes.Span[at..Math.Min(at + 8, bytes.Length)].IndexOfAnyExcept((byte)0) < 0)
            {
                continue;
            }

            using var decoder = new BrotliDecoder();
            decoder.Decompress(bytes.Span[at..Math.Min(at + text.Length, bytes.Length)], text, out _, out int written);
            if (written > 0)
            {
                found.UnionWith(FindIn(text.AsMemory(0, written)));
            }
        }

        return found;
    }
}
