using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Hosting;
using Sallyport.Hosting.Endpoint;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;
using Sallyport.Watchdog.StatusPage;

namespace Sallyport.Watchdog.Tests.StatusPage;

public sealed class StatusAnswersTests
{
    private readonly StatusAnswers _answers = new(new StatusBoard(), new ModuleIdentity("gateway-7", "Watchdog", "hub.example", "run-1"), new FakeTimeProvider(Pictures.Now));

    [Theory]
    [InlineData("GET", "/", 200, "text/html; charset=utf-8")]
    [InlineData("GET", "/still", 200, "text/html; charset=utf-8")]
    [InlineData("GET", "/status.json", 200, "application/json")]
    [InlineData("GET", "/page.css", 200, "text/css; charset=utf-8")]
    [InlineData("GET", "/icon-broken.svg", 200, "image/svg+xml")]
    [InlineData("HEAD", "/", 200, "text/html; charset=utf-8")]
    [InlineData("GET", "/../etc/passwd", 404, "text/plain; charset=utf-8")]
    [InlineData("GET", "/metrics", 404, "text/plain; charset=utf-8")]
    [InlineData("POST", "/", 405, "text/plain; charset=utf-8")]
    [InlineData("DELETE", "/status.json", 405, "text/plain; charset=utf-8")]
    [InlineData("get", "/", 405, "text/plain; charset=utf-8")]
    public void It_can_be_read_and_nothing_else(string method, string path, int status, string type)
    {
        HttpAnswer answer = _answers.Answer(new HttpRequestHead(method, path, "localhost:8880"), StatusPagePlan.Default);
        Assert.Equal((status, type), (answer.Status, answer.ContentType));
    }

    [Theory]
    [InlineData("127.0.0.1:8880", true)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:1", true)]
    [InlineData("[::1]:8880", true)]
    [InlineData("[fe80::1]", true)]
    [InlineData("10.20.30.40", true)]
    [InlineData("gateway.plant.example:8880", true)]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:8880", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("127.0.0.1@evil.example", false)]
    [InlineData("", false)]
    public void A_name_that_was_made_to_lead_here_gets_no_page(string host, bool isOurs)
    {
        StatusPagePlan plan = StatusPagePlan.Default with { HostNames = ["gateway.plant.example"] };
        foreach (var path in (string[])["/", "/status.json", "/page.css"])
        {
            Assert.Equal(isOurs ? 200 : 421, _answers.Answer(new HttpRequestHead("GET", path, host), plan).Status);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/status.json")]
    [InlineData("/nowhere")]
    public void Every_answer_forbids_what_the_page_does_not_need(string path)
    {
        var head = HeadOf(_answers.Answer(new HttpRequestHead("GET", path, "localhost"), StatusPagePlan.Default));
        Assert.Contains("Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", head);
        Assert.Contains("X-Content-Type-Options: nosniff", head);
        Assert.Contains("X-Frame-Options: DENY", head);
        Assert.Contains("Referrer-Policy: no-referrer", head);
        Assert.Contains("Cross-Origin-Resource-Policy: same-origin", head);
        Assert.Contains("Cache-Control: no-store", head);
        Assert.DoesNotContain(head, line => line.StartsWith("Server:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Set-Cookie:", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void What_is_no_request_gets_the_same_fields() =>
        Assert.Contains("X-Frame-Options: DENY", HeadOf(_answers.Answer(request: null, StatusPagePlan.Default)));

    [Fact]
    public void Another_method_hears_which_ones_there_are() =>
        Assert.Contains("Allow: GET, HEAD", HeadOf(_answers.Answer(new HttpRequestHead("PUT", "/", "localhost"), StatusPagePlan.Default)));

    [Fact]
    public void Head_has_the_length_and_no_body()
    {
        HttpAnswer whole = _answers.Answer(new HttpRequestHead("GET", "/", "localhost"), StatusPagePlan.Default);
        HttpAnswer head = _answers.Answer(new HttpRequestHead("HEAD", "/", "localhost"), StatusPagePlan.Default);
        Assert.Equal(HeadOf(whole), HeadOf(head));
        Assert.EndsWith("\r\n\r\n", Encoding.UTF8.GetString(head.ToBytes()), StringComparison.Ordinal);
    }

    private static string[] HeadOf(HttpAnswer answer) => Encoding.UTF8.GetString(answer.ToBytes()).Split("\r\n\r\n")[0].Split("\r\n");
}
