using Microsoft.Extensions.Time.Testing;

namespace Sallyport.Identity.Tests;

public sealed class SasTokenMintTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, 900, TimeSpan.Zero));

    // Computed with Python's hmac and urllib from the documented string-to-sign; the key is the bytes 0 to 31.
    [Theory]
    [InlineData(
        "gw-0001",
        "ModbusReader",
        "SharedAccessSignature sr=hub.azure-devices.net%2Fdevices%2Fgw-0001%2Fmodules%2FModbusReader"
        + "&sig=PkyzcvSFlfT8WIcE18KhJd6uyZIGwAhgwNDAr1miyb4%3D&se=1795345200")]
    [InlineData(
        "gw@hall:1,'x'=$y",
        "$edgeAgent",
        "SharedAccessSignature sr=hub.azure-devices.net%2Fdevices%2Fgw%2540hall%253A1%252C%2527x%2527%253D%2524y"
        + "%2Fmodules%2F%2524edgeAgent&sig=FRYjtItSzA4QB1I53%2BdwJlpBQdGLYDysc80bGlJmy8A%3D&se=1795345200")]
    public async Task A_minted_module_token_is_what_the_documented_rule_gives(string device, string module, string expected)
    {
        using SharedAccessKey key = Keys.Counting();
        string audience = SasAudience.ForModule("hub.azure-devices.net", device, module);
        MintedToken token = await Mint(key, audience).MintAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Assert.Equal(expected, token.Reveal());
    }

    [Fact]
    public async Task A_minted_device_token_has_no_module_in_its_audience()
    {
        using SharedAccessKey key = Keys.Counting();
        string audience = SasAudience.ForDevice("hub.azure-devices.net", "gw-0001");
        MintedToken token = await Mint(key, audience).MintAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Assert.Equal(
            "SharedAccessSignature sr=hub.azure-devices.net%2Fdevices%2Fgw-0001"
            + "&sig=NOS9zZ8xktOImEY%2BPEPBztu9bKVrxafiPlrAaFM3VSE%3D&se=1795345200",
            token.Reveal());
    }

    [Fact]
    public async Task The_end_is_rounded_down_to_a_whole_second_and_the_issue_is_remembered()
    {
        using SharedAccessKey key = Keys.Counting();
        MintedToken token = await Mint(key, "a").MintAsync(TimeSpan.FromHours(48), TestContext.Current.CancellationToken);
        Assert.Equal(_time.GetUtcNow(), token.IssuedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero), token.ExpiresAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((48 * 3600) + 1)]
    public async Task A_life_of_nothing_or_above_48_hours_is_not_minted(int seconds)
    {
        using SharedAccessKey key = Keys.Counting();
        SasTokenMint mint = Mint(key, "a");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => mint.MintAsync(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_signature_is_never_printed()
    {
        using SharedAccessKey key = Keys.Counting();
        MintedToken token = await Mint(key, "hub%2Fdevices%2Fa").MintAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Assert.Equal("SAS token for hub%2Fdevices%2Fa until 2026-11-22T11:00:00Z", token.ToString());
    }

    [Fact]
    public async Task A_key_that_signs_with_the_wrong_length_is_refused()
    {
        SasTokenMint mint = Mint(new StumpKey(), "a");
        ModuleKeyException refusal = await Assert.ThrowsAsync<ModuleKeyException>(
            () => mint.MintAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken));
        Assert.Equal("The key signed with 5 bytes, not 32.", refusal.Message);
    }

    private SasTokenMint Mint(IModuleKey key, string audience) => new(key, audience, _time);

    private sealed class StumpKey : IModuleKey
    {
        public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
            Task.FromResult(new byte[5]);
    }
}
