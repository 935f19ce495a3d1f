using System.Text.Json;
using Sallyport.TestKit;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.StatusPage;

/// <summary>The page in Debian's chromium. Pictures of it are kept in <c>artifacts/status-page</c>.</summary>
public sealed class BrowserTests
{
    private const double LeastContrast = 4.5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 180_000)]
    [InlineData("well")]
    [InlineData("trouble")]
    [InlineData("hostile")]
    public async Task The_page_is_readable_reachable_by_keyboard_and_asks_nobody_else(string name)
    {
        await using var bench = new StatusPageBench(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Pictures.Now));
        bench.Board.Change(_ => PictureOf(name));
        bench.Order(StatusPagePlan.Default with { Port = 0 });
        Uri place = await bench.PlaceAsync();
        using JsonDocument document = JsonDocument.Parse(await LookAsync(place, name));
        JsonElement seen = document.RootElement;

        Assert.Empty(TextsOf(seen, "console"));
        Assert.Empty(TextsOf(seen, "refused"));
        Assert.NotEmpty(TextsOf(seen, "requests"));
        Assert.All(TextsOf(seen, "requests"), request => Assert.StartsWith(place.AbsoluteUri, request, StringComparison.Ordinal));

        foreach (JsonProperty view in seen.GetProperty("views").EnumerateObject())
        {
            JsonElement least = view.Value.GetProperty("least");
            Assert.True(least.GetProperty("ratio").GetDouble() >= LeastContrast, $"{view.Name}: {least}");
            Assert.True(view.Value.GetProperty("scrollWidth").GetInt32() <= view.Value.GetProperty("width").GetInt32(), $"{view.Name} is wider than the window");
            Assert.InRange(view.Value.GetProperty("texts").GetInt32(), 50, int.MaxValue);
            Assert.InRange(view.Value.GetProperty("smallestText").GetDouble(), 12, 16);
            Assert.Equal(0, view.Value.GetProperty("scripts").GetInt32());
            Assert.Equal(9, view.Value.GetProperty("headings").GetArrayLength());
        }

        Assert.Equal("rgb(14, 19, 24)", seen.GetProperty("views").GetProperty("phone").GetProperty("ground").GetString());
        Assert.Equal("rgb(242, 244, 247)", seen.GetProperty("views").GetProperty("phone-light").GetProperty("ground").GetString());

        JsonElement[] tabs = [.. seen.GetProperty("tabs").EnumerateArray()];
        Assert.Equal(
            ["#main", "#alarms", "#chain", "#buffer", "#posture", "#devices", "#modules", "#credentials", "#events", "/", "/status.json"],
            tabs.Select(tab => tab.GetProperty("href").GetString()));
        Assert.All(tabs, tab => Assert.True(tab.GetProperty("isVisible").GetBoolean() && tab.GetProperty("outline").GetString() is "solid", tab.ToString()));
        Assert.Equal("#main", seen.GetProperty("skips").GetString());
    }

    private static async Task<string> LookAsync(Uri place, string name)
    {
        var node = Peer.Require("node");
        var chromium = Peer.Require("chromium");
        var folder = RepositoryRoot.Combine("tests", "Watchdog.Tests", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Peer.Missing("The Node packages are missing: run npm ci in tests/Watchdog.Tests/node.");
        }

        DirectoryInfo pictures = Directory.CreateDirectory(RepositoryRoot.Combine("artifacts", "status-page"));
        Task<string> looking = PeerProcess.RunAsync(node, Path.Combine(folder, "look.mjs"), chromium, place.AbsoluteUri, pictures.FullName, name);
        return await looking.WaitAsync(Token);
    }

    private static GatewayStatus PictureOf(string name) => name switch
    {
        "well" => Pictures.Well,
        "trouble" => Pictures.Trouble,
        _ => HostileNames.Picture("<img src=https://example.com/x.png onerror=alert(1)>" + new string('W', 120)),
    };

    private static string[] TextsOf(JsonElement seen, string member) => [.. seen.GetProperty(member).EnumerateArray().Select(one => one.GetString()!)];
}
