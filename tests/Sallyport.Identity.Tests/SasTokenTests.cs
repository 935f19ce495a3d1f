using CsCheck;

namespace Sallyport.Identity.Tests;

public sealed class SasTokenTests
{
    private const string Signature = "PkyzcvSFlfT8WIcE18KhJd6uyZIGwAhgwNDAr1miyb4%3D";
    private const string Audience = "hub.azure-devices.net%2Fdevices%2Fgw-0001%2Fmodules%2FModbusReader";

    [Theory]
    [InlineData($"sr={Audience}&sig={Signature}&se=1795345200")]
    [InlineData($"se=1795345200&sig={Signature}&sr={Audience}")]
    [InlineData($"sig={Signature}&se=1795345200&sr={Audience}&later=field")]
    public async Task Fields_are_read_in_any_order_and_the_signature_holds(string fields)
    {
        using SharedAccessKey key = Keys.Counting();
        using SharedAccessKey other = Keys.Other();
        Assert.True(SasToken.TryParse("SharedAccessSignature " + fields, out SasToken? token, out string reason));
        Assert.Equal("", reason);
        Assert.Equal(Audience, token.Audience);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 11, 0, 0, TimeSpan.Zero), token.ExpiresAt);
        Assert.Null(token.KeyName);
        Assert.True(await token.IsSignedByAsync(key, TestContext.Current.CancellationToken));
        Assert.False(await token.IsSignedByAsync(other, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_name_of_a_policy_key_is_decoded()
    {
        Assert.True(SasToken.TryParse($"SharedAccessSignature sr=a&sig={Signature}&se=1&skn=iothub%20owner", out SasToken? token, out _));
        Assert.Equal("iothub owner", token.KeyName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("SharedAccessSignature")]
    [InlineData("SharedAccessSignature ")]
    [InlineData($"Bearer sr=a&sig={Signature}&se=1")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=1&se=2")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=1&")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=1&=x")]
    [InlineData($"SharedAccessSignature sig={Signature}&se=1")]
    [InlineData($"SharedAccessSignature sr=&sig={Signature}&se=1")]
    [InlineData("SharedAccessSignature sr=a&se=1")]
    [InlineData("SharedAccessSignature sr=a&sig=AAAA&se=1")]
    [InlineData("SharedAccessSignature sr=a&sig=not-base64&se=1")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=soon")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=-1")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=+1")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se= 1")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=01")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=1.5")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=253402300800")]
    [InlineData($"SharedAccessSignature sr=a&sig={Signature}&se=99999999999999999999")]
    public void A_broken_token_is_refused_with_a_reason_that_does_not_quote_it(string? text)
    {
        Assert.False(SasToken.TryParse(text, out SasToken? token, out string reason));
        Assert.Null(token);
        Assert.EndsWith(".", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("Pkyz", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_of_more_than_4096_characters_is_refused() =>
        Assert.False(SasToken.TryParse($"SharedAccessSignature sr={new string('a', 4096)}&sig={Signature}&se=1", out _, out _));

    [Fact]
    public void The_signature_is_never_printed()
    {
        Assert.True(SasToken.TryParse($"SharedAccessSignature sr=a&sig={Signature}&se=1795345200", out SasToken? token, out _));
        Assert.Equal("SAS token for a until 2026-11-22T11:00:00Z", token.ToString());
    }

    [Fact]
    public void No_text_makes_the_parser_throw() => Gen.OneOf(
            Gen.String,
            Gen.String[Gen.Char["&=%+srigekn019A-"], 0, 60])
        .Sample(text => SasToken.TryParse("SharedAccessSignature " + text, out SasToken? token, out string reason)
                ? token is not null && reason.Length == 0
                : token is null && reason.Length > 0);
}
