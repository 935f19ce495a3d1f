using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Sallyport.TestKit;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.StatusPage;

/// <summary>Debian's chromium, started once, looks at all pictures. What it saw is kept as pictures in <c>artifacts/status-page</c>.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly List<StatusPageBench> _benches = [];
    private JsonDocument? _seen;

    /// <summary>What it saw of the page with this picture, and where the page was.</summary>
    internal async Task<(JsonElement Seen, string Address)> LookAsync(string name)
    {
        _seen ??= JsonDocument.Parse(await LookAtAllAsync());
        JsonElement one = _seen.RootElement.GetProperty(name);
        return (one.GetProperty("seen"), one.GetProperty("address").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (StatusPageBench bench in _benches)
        {
            await bench.DisposeAsync();
        }

        _seen?.Dispose();
    }

    private async Task<string> LookAtAllAsync()
    {
        var node = Peer.Require("node");
        var chromium = Peer.Require("chromium");
        var folder = RepositoryRoot.Combine("tests", "Watchdog.Tests", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Peer.Missing("The Node packages are missing: run npm ci in tests/Watchdog.Tests/node.");
        }

        DirectoryInfo pictures = Directory.CreateDirectory(RepositoryRoot.Combine("artifacts", "status-page"));
        return await PeerProcess.RunAsync(
            node,
            Path.Combine(folder, "look.mjs"),
            chromium,
            pictures.FullName,
            await ServeAsync("well", Pictures.Well),
            await ServeAsync("trouble", Pictures.Trouble),
            await ServeAsync("hostile", HostileNames.Picture("<img src=https://example.com/x.png onerror=alert(1)>" + new string('W', 120))),
            await ServeAsync("unknown", GatewayStatus.Unknown));
    }

    private async Task<string> ServeAsync(string name, GatewayStatus status)
    {
        var bench = new StatusPageBench(new FakeTimeProvider(Pictures.Now));
        _benches.Add(bench);
        bench.Board.Change(_ => status);
        bench.Order(StatusPagePlan.Default with { Port = 0 });
        return $"{name}={await bench.PlaceAsync()}";
    }
}
