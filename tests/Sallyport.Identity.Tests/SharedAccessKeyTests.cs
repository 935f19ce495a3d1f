using System.Reflection;
using System.Security.Cryptography;

namespace Sallyport.Identity.Tests;

public sealed class SharedAccessKeyTests
{
    [Fact]
    public async Task It_signs_with_HMAC_SHA256()
    {
        using SharedAccessKey key = Keys.Counting();
        byte[] expected = HMACSHA256.HashData(Convert.FromBase64String(Keys.CountingText), "data"u8);
        Assert.Equal(expected, await key.SignAsync("data"u8.ToArray(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void A_text_that_is_no_key_is_refused_without_quoting_it(string text)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => SharedAccessKey.Parse(text));
        Assert.Equal("A shared access key is Base64 of 16 to 64 bytes.", refusal.Message);
    }

    [Fact]
    public void A_key_of_more_than_64_bytes_is_refused() =>
        Assert.Throws<FormatException>(() => SharedAccessKey.Parse(Convert.ToBase64String(new byte[65])));

    [Fact]
    public void It_is_never_printed()
    {
        using SharedAccessKey key = Keys.Counting();
        Assert.Equal("shared access key", key.ToString());
    }

    [Fact]
    public async Task Dispose_zeroes_it_and_it_signs_no_more()
    {
        SharedAccessKey key = Keys.Counting();
        FieldInfo field = typeof(SharedAccessKey).GetField("_key", BindingFlags.NonPublic | BindingFlags.Instance)!;
        byte[] bytes = (byte[])field.GetValue(key)!;
        Assert.Contains(bytes, one => one != 0);
        key.Dispose();
        Assert.DoesNotContain(bytes, one => one != 0);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => key.SignAsync("data"u8.ToArray(), TestContext.Current.CancellationToken));
    }
}
