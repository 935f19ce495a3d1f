using System.Text;
using Sallyport.Hosting;
using Sallyport.Hosting.Endpoint;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>Answers requests. It reads the picture, and can do nothing else: there are no parameters, no bodies and no cookies.</summary>
internal sealed class StatusAnswers(StatusBoard board, ModuleIdentity identity, TimeProvider time)
{
    private const string Fields =
        "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
        + "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n"
        + "Cross-Origin-Opener-Policy: same-origin\r\n";

    private const string Html = "text/html; charset=utf-8";
    private const string Json = "application/json";
    private const string Svg = "image/svg+xml";

    private static readonly string Style = ReadStyle();

    public HttpAnswer Answer(HttpRequestHead? request, StatusPagePlan plan)
    {
        HttpAnswer answer = request switch
        {
            null => HttpAnswer.BadRequest,
            { Method: not ("GET" or "HEAD") } => HttpAnswer.Plain(405, "The page can be read, and nothing else.") with { Allow = "GET, HEAD" },
            _ when !PageHost.IsOurs(request.Host, plan) => HttpAnswer.Plain(
                421, "Ask by IP address or as localhost. Other names of this gateway have to stand in statusPage/hostNames of the module's desired properties."),
            _ => Read(request.Path),
        };
        return answer with { Fields = Fields, IsHeadOnly = request is { Method: "HEAD" } };
    }

    private HttpAnswer Read(string path)
    {
        DateTimeOffset now = time.GetUtcNow();
        return path switch
        {
            "/" => new HttpAnswer(200, Html, StatusHtml.Of(board.Current, identity.DeviceId, now, refreshes: true)),
            "/still" => new HttpAnswer(200, Html, StatusHtml.Of(board.Current, identity.DeviceId, now, refreshes: false)),
            "/status.json" => new HttpAnswer(200, Json, StatusJson.Of(board.Current, identity.DeviceId, now)),
            "/page.css" => new HttpAnswer(200, "text/css; charset=utf-8", Style),
            "/icon-well.svg" => new HttpAnswer(200, Svg, PageIcon.Of(PartState.Well)),
            "/icon-attention.svg" => new HttpAnswer(200, Svg, PageIcon.Of(PartState.Attention)),
            "/icon-broken.svg" => new HttpAnswer(200, Svg, PageIcon.Of(PartState.Broken)),
            "/icon-unknown.svg" => new HttpAnswer(200, Svg, PageIcon.Of(PartState.Unknown)),
            _ => HttpAnswer.Plain(404, "There are / and /still for people, and /status.json for programs."),
        };
    }

    private static string ReadStyle()
    {
        using Stream sheet = typeof(StatusAnswers).Assembly.GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(sheet, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
