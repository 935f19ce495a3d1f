using System.Text.Json;

namespace Sallyport.Watchdog.Tests.StatusPage;

public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    private const double LeastContrast = 4.5;
    private const int Patience = 240_000;

    public static TheoryData<string> Names => ["well", "trouble", "hostile", "unknown"];

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Names))]
    public async Task The_page_asks_nobody_else_runs_nothing_and_has_nothing_to_complain_of(string name)
    {
        (JsonElement seen, string address) = await browser.LookAsync(name);
        Assert.Empty(TextsOf(seen, "console"));
        Assert.Empty(TextsOf(seen, "refused"));
        Assert.NotEmpty(TextsOf(seen, "requests"));
        Assert.All(TextsOf(seen, "requests"), request => Assert.StartsWith(address, request, StringComparison.Ordinal));
        Assert.All(ViewsOf(seen), view => Assert.Equal(0, view.Value.GetProperty("scripts").GetInt32()));
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Names))]
    public async Task Every_text_stands_out_is_large_enough_and_fits_the_window(string name)
    {
        (JsonElement seen, _) = await browser.LookAsync(name);
        Assert.Equal(["phone", "desktop", "phone-light", "desktop-light", "narrow"], ViewsOf(seen).Select(view => view.Name));
        foreach (JsonProperty view in ViewsOf(seen))
        {
            JsonElement least = view.Value.GetProperty("least");
            Assert.True(least.GetProperty("ratio").GetDouble() >= LeastContrast, $"{view.Name}: {least}");
            Assert.True(view.Value.GetProperty("scrollWidth").GetInt32() <= view.Value.GetProperty("width").GetInt32(), $"{view.Name} is wider than the window");
            Assert.InRange(view.Value.GetProperty("texts").GetInt32(), 40, int.MaxValue);
            Assert.InRange(view.Value.GetProperty("smallestText").GetDouble(), 12, 16);
            Assert.Equal(9, view.Value.GetProperty("headings").GetArrayLength());
        }
    }

    [Fact(Timeout = Patience)]
    public async Task It_is_dark_unless_somebody_wants_it_light()
    {
        (JsonElement seen, _) = await browser.LookAsync("well");
        JsonElement views = seen.GetProperty("views");
        Assert.Equal("rgb(14, 19, 24)", views.GetProperty("phone").GetProperty("ground").GetString());
        Assert.Equal("rgb(242, 244, 247)", views.GetProperty("phone-light").GetProperty("ground").GetString());
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Names))]
    public async Task Everything_is_reached_by_keyboard_in_the_order_of_the_page_and_is_seen_to_be(string name)
    {
        (JsonElement seen, _) = await browser.LookAsync(name);
        JsonElement[] tabs = [.. seen.GetProperty("tabs").EnumerateArray()];
        Assert.Equal(
            ["#main", "#alarms", "#chain", "#buffer", "#posture", "#devices", "#modules", "#credentials", "#events", "/", "/status.json"],
            tabs.Select(tab => tab.GetProperty("href").GetString()));
        Assert.All(tabs, tab => Assert.True(tab.GetProperty("isVisible").GetBoolean() && tab.GetProperty("outline").GetString() is "solid", tab.ToString()));
        Assert.Equal("#main", seen.GetProperty("skips").GetString());
    }

    private static JsonElement.ObjectEnumerator ViewsOf(JsonElement seen) => seen.GetProperty("views").EnumerateObject();

    private static string[] TextsOf(JsonElement seen, string member) => [.. seen.GetProperty(member).EnumerateArray().Select(one => one.GetString()!)];
}
