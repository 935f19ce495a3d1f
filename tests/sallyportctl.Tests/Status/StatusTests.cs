using System.Text.Json.Nodes;

namespace Sallyport.Ctl.Tests.Status;

/// <summary><c>status</c>. The fixture is what the Watchdog writes of its pictures; the Watchdog's tests keep it so.</summary>
public sealed class StatusTests
{
    private static string Trouble => File.ReadAllText(Bench.Fixture("gateway-status.json"));

    private static string Well
    {
        get
        {
            JsonNode root = JsonNode.Parse(Trouble)!;
            root["verdict"] = "well";
            root["alarms"] = new JsonArray();
            return root.ToJsonString();
        }
    }

    [Theory]
    [InlineData("status.txt", false)]
    [InlineData("status-terminal.txt", true)]
    [InlineData("status.json", false, "--json")]
    public async Task What_is_wrong_is_told_with_what_to_do(string golden, bool isTerminal, params string[] more)
    {
        await using var page = new StatusDouble((200, Trouble));
        using var bench = new Bench { IsTerminal = isTerminal };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync(["status", "--address", page.Address, .. more]));
        Golden.Match(golden, bench.Output);
        Assert.Equal("GET /status.json HTTP/1.1", Assert.Single(page.Requests));
    }

    [Fact]
    public async Task All_well_is_exit_code_0()
    {
        await using var page = new StatusDouble((200, Well));
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("status", "--address", page.Address));
        Assert.StartsWith("gateway-7: all is well.\n", bench.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown", "gateway-7: the Watchdog does not know yet.\n")]
    [InlineData("stale", "gateway-7: the Watchdog has not looked since 2026-11-26T10:14:56Z.\n")]
    public async Task Not_to_know_is_not_to_be_well(string verdict, string headline)
    {
        await using var page = new StatusDouble((200, Well.Replace("\"verdict\":\"well\"", $"\"verdict\":\"{verdict}\"", StringComparison.Ordinal)));
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("status", "--address", page.Address));
        Assert.StartsWith(headline, bench.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(421, "Ask by IP address or as localhost.", "it answers 421. Ask by IP address or as localhost.")]
    [InlineData(200, "<html>", "what answers there is no JSON.")]
    [InlineData(200, "[]", "what answers there is no sallyport.gateway-status/1.")]
    [InlineData(200, """{"schema":"sallyport.gateway-status/2"}""", "what answers there is no sallyport.gateway-status/1.")]
    public async Task Who_is_no_watchdog_is_exit_code_2(int code, string body, string reason)
    {
        await using var page = new StatusDouble((code, body));
        using var bench = new Bench();
        Assert.Equal((ExitCode)2, await bench.RunAsync("status", "--address", page.Address));
        Assert.Equal($"sallyportctl: The Watchdog cannot be asked at {page.Address}status.json: {reason}\n", bench.Errors);
    }

    [Fact]
    public async Task Nobody_there_is_exit_code_2()
    {
        using var bench = new Bench();
        Assert.Equal((ExitCode)2, await bench.RunAsync("status", "--address", "http://127.0.0.1:1", "--json"));
        Assert.Contains("\"verdict\": \"unreachable\"", bench.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--address", "gateway", "is not an address")]
    [InlineData("--address", "ftp://gateway", "is not an address")]
    [InlineData("--every", "0", "1 to 3600")]
    public async Task What_is_wrong_with_the_command_line_is_said(string option, string value, string reason)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("status", option, value));
        Assert.Contains(reason, bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_looks_again_and_ends_with_what_it_saw_last()
    {
        var time = new HastyTime();
        await using var page = new StatusDouble((200, Trouble), (503, "busy"), (200, Well));
        using var bench = new Bench { Time = time };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("status", "--address", page.Address, "--watch", "--times", "3", "--json"));
        Assert.Equal(
            ["alarms", "unreachable", "well"],
            bench.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["verdict"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_watch_on_a_terminal_draws_everything_again()
    {
        await using var page = new StatusDouble((200, Trouble));
        using var bench = new Bench { IsTerminal = true, Time = new HastyTime() };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("status", "--address", page.Address, "--watch", "--times", "2"));
        Assert.Contains("3 alarms, the worst is critical.", bench.Output, StringComparison.Ordinal);
        Assert.Contains("again every 5 s until Ctrl+C", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_cannot_move_the_cursor()
    {
        JsonNode root = JsonNode.Parse(Trouble)!;
        root["devices"]![0]!["source"] = "a\u001b[2Jb\u202Ec\n";
        await using var page = new StatusDouble((200, root.ToJsonString()));
        using var bench = new Bench();
        await bench.RunAsync("status", "--address", page.Address);
        Assert.Contains("a\uFFFD[2Jb\uFFFDc\uFFFD", bench.Output, StringComparison.Ordinal);
    }
}
