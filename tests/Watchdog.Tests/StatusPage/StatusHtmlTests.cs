using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using Sallyport.Watchdog.Status;
using Sallyport.Watchdog.StatusPage;

namespace Sallyport.Watchdog.Tests.StatusPage;

public sealed partial class StatusHtmlTests
{
    [Fact]
    public void A_text_from_outside_never_becomes_markup()
    {
        string[] plain = Tags(StatusHtml.Of(HostileNames.Picture("x"), "x", Pictures.Now, refreshes: true));
        HostileNames.Any.Sample(
            text => Assert.Equal(plain, Tags(StatusHtml.Of(HostileNames.Picture(text), text, Pictures.Now, refreshes: true))),
            iter: 300);
    }

    [Fact]
    public void A_text_is_what_people_read()
    {
        var markup = new Markup();
        markup.Add($"<p title=\"{"\"'<&>"}\">{"a <b> & 'c'\u202E\n"}</p>");
        Assert.Equal("<p title=\"&quot;&#39;&lt;&amp;&gt;\">a &lt;b&gt; &amp; &#39;c&#39;\uFFFD\uFFFD</p>", markup.ToString());
    }

    [Fact]
    public void What_is_wrong_is_said_with_its_age_and_what_to_do()
    {
        var text = TextOf(Pictures.Trouble);
        Assert.Contains("3 alarms, the worst is critical", text, StringComparison.Ordinal);
        Assert.Contains(
            "critical Data is not delivered although everything is connected. A reconnect did not help. Restart edgeHub: \"iotedge restart edgeHub\" on the gateway. "
            + "For 9 min, since 2026-11-26 10:06:00 . Not acknowledged.",
            text,
            StringComparison.Ordinal);
        Assert.Contains("Acknowledged 2026-11-26 09:53:00 .", text, StringComparison.Ordinal);
        Assert.Contains("Full in 31 h at the present rate", text, StringComparison.Ordinal);
        Assert.Contains("gateway-7 device ends soon until 2026-12-01 10:15:00 5 days", text, StringComparison.Ordinal);
        Assert.Contains("Example Plant Issuing crl ended until", text, StringComparison.Ordinal);
        Assert.Contains("EtherNetIpReader started 5 times missing it does not answer 3 min", text, StringComparison.Ordinal);
        Assert.Contains("Score 71 of 100", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_broken_link_of_the_chain_is_marked_by_word() => Assert.Contains(
        "Devices In part 1 of 3 answer in full Devices to Readers: in part Readers In part EtherNetIpReader: it does not answer Readers to Buffer: in part "
        + "Buffer In part 83 % used, 48210 waiting Buffer to edgeHub: in part edgeHub In part its queue grows and it sends nothing upstream edgeHub to Cloud: broken Cloud Broken stalled:",
        TextOf(Pictures.Trouble),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "All is well")]
    [InlineData(177, "The picture is old")]
    public void The_headline_believes_no_old_picture(int secondsMore, string headline) =>
        Assert.Contains($"<title>{headline} – gw</title>", StatusHtml.Of(Pictures.Well, "gw", Pictures.Now.AddSeconds(secondsMore), refreshes: false), StringComparison.Ordinal);

    [Fact]
    public void Before_the_first_look_nothing_is_said_to_be_well()
    {
        var text = TextOf(GatewayStatus.Unknown);
        Assert.Contains("Not known yet", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Well", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_page_asks_for_itself_again_unless_it_shall_stand_still()
    {
        const string Refresh = "<meta http-equiv=\"refresh\" content=\"10\">";
        Assert.Contains(Refresh, StatusHtml.Of(Pictures.Well, "gw", Pictures.Now, refreshes: true), StringComparison.Ordinal);
        Assert.DoesNotContain(Refresh, StatusHtml.Of(Pictures.Well, "gw", Pictures.Now, refreshes: false), StringComparison.Ordinal);
    }

    private static string TextOf(GatewayStatus status) =>
        Blanks.Replace(WebUtility.HtmlDecode(Tag.Replace(StatusHtml.Of(status, "gateway-7", Pictures.Now, refreshes: false), " ")), " ");

    private static string[] Tags(string page) => [.. Tag.Matches(page).Select(tag => tag.Value)];

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag { get; }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks { get; }
}
