using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.EndToEnd.Tests.Leaks;

/// <summary>The search finds what it is to find; otherwise that it finds nothing proves nothing.</summary>
public sealed class LeakSearchTests
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly LeakSearch _search = new();

    public LeakSearchTests()
    {
        _search.AddKey("key", _key);
        _search.AddText("marker-4711");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    public void A_key_is_found_in_the_middle_of_other_bytes_in_each_form(int before)
    {
        byte[] bytes = [.. RandomNumberGenerator.GetBytes(before), .. _key, .. RandomNumberGenerator.GetBytes(50)];
        byte[][] files =
        [
            bytes,
            Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)),
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)),
            Encoding.ASCII.GetBytes(string.Join('-', Convert.ToHexString(bytes).Chunk(2).Select(digits => new string(digits)))),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_')),
        ];
        Assert.All(files, file => Assert.Equal(["key"], _search.FindIn(file)));
    }

    [Fact]
    public void A_text_is_found_and_nothing_is_found_in_noise()
    {
        Assert.Equal(["marker-4711"], _search.FindIn("x marker-4711"u8.ToArray()));
        Assert.Empty(_search.FindIn(RandomNumberGenerator.GetBytes(100_000)));
        Assert.Empty(_search.FindCompressedIn(RandomNumberGenerator.GetBytes(100_000)));
    }

    [Fact]
    public void A_text_in_a_compressed_page_is_found_wherever_it_begins()
    {
        byte[] page = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(at => $$"""{"n":"temperature","v":{{at}}},""")) + "marker-4711");
        byte[] compressed = new byte[page.Length];
        Assert.True(BrotliEncoder.TryCompress(page, compressed, out int length, quality: 4, window: 16));
        byte[] file = [.. RandomNumberGenerator.GetBytes(1237), .. compressed[..length], .. RandomNumberGenerator.GetBytes(5000)];
        Assert.Empty(_search.FindIn(file));
        Assert.Equal(["marker-4711"], _search.FindCompressedIn(file));
    }
}
