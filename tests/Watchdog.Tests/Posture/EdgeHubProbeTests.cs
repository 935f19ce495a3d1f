using Sallyport.Posture;
using Sallyport.Telemetry;

namespace Sallyport.Watchdog.Tests.Posture;

public sealed class EdgeHubProbeTests
{
    [Fact]
    public async Task Pinning_and_the_name_are_tried_in_handshakes_with_edgehub()
    {
        await using var gateway = new Gateway();
        LinkFacts? link = await gateway.Probe.LookAsync(Gateway.Token);
        Assert.Equal(new LinkFacts("Tls13", IsTrusted: true, RefusesOtherRoot: true, RefusesOtherName: true), link);
    }

    [Fact]
    public async Task An_impostor_is_not_trusted()
    {
        await using var gateway = new Gateway(isImpostor: true);
        LinkFacts? link = await gateway.Probe.LookAsync(Gateway.Token);
        Assert.Equal(new LinkFacts("", IsTrusted: false, RefusesOtherRoot: true, RefusesOtherName: true), link);
    }

    [Fact]
    public async Task Without_edgehub_nothing_can_be_told()
    {
        await using var gateway = new Gateway();
        await gateway.HangUpAsync();
        Assert.Null(await gateway.Probe.LookAsync(Gateway.Token));
    }

    [Theory]
    [InlineData("tls-version", "Tls13", PostureResult.Pass, "Ssl3", PostureResult.Fail)]
    [InlineData("tls-version", "Tls12", PostureResult.Pass, "", PostureResult.Unknown)]
    public void The_version_of_TLS_is_judged(string check, string good, PostureResult expected, string other, PostureResult otherwise)
    {
        Assert.Equal(expected, Judge(check, new LinkFacts(good, true, true, true)));
        Assert.Equal(otherwise, Judge(check, new LinkFacts(other, true, true, true)));
        Assert.Equal(PostureResult.Unknown, Judge(check, link: null));
    }

    [Fact]
    public void Pinning_and_the_name_are_judged()
    {
        Assert.Equal(PostureResult.Pass, Judge("trust-pinned", new LinkFacts("Tls13", true, true, true)));
        Assert.Equal(PostureResult.Fail, Judge("trust-pinned", new LinkFacts("Tls13", true, RefusesOtherRoot: false, true)));
        Assert.Equal(PostureResult.Fail, Judge("trust-pinned", new LinkFacts("", IsTrusted: false, true, true)));
        Assert.Equal(PostureResult.Unknown, Judge("trust-pinned", link: null));
        Assert.Equal(PostureResult.Pass, Judge("host-name-checked", new LinkFacts("Tls13", true, true, true)));
        Assert.Equal(PostureResult.Fail, Judge("host-name-checked", new LinkFacts("Tls13", true, true, RefusesOtherName: false)));
        Assert.Equal(PostureResult.Unknown, Judge("host-name-checked", new LinkFacts("", IsTrusted: false, true, true)));
        Assert.Equal(PostureResult.Unknown, Judge("host-name-checked", link: null));
    }

    private static PostureResult Judge(string check, LinkFacts? link) => GatewayCheckTests.Judge(check, new GatewayFacts { Link = link });
}
