using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Simulator;
using Sallyport.Simulator.Network;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests;

/// <summary>The metrics page of every module of the deployment, judged by Prometheus' own tool.</summary>
public sealed partial class MetricsPageTests
{
    private static readonly string[] CommonLabels = ["edge_device", "instance_number", "iothub", "module_name"];

    [Fact(Timeout = 120_000)]
    public async Task Prometheus_finds_nothing_to_say_about_the_page_of_any_module()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var promtool = Peer.Require("promtool");
        var manifest = await File.ReadAllTextAsync(RepositoryRoot.Combine("deployment.template.json"), token);
        await using var simulation = new EdgeSimulation(new EdgeSimulationOptions { Manifest = manifest }, (_, _) => { }, TimeProvider.System, NullLoggerFactory.Instance);
        await simulation.StartAsync(token);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sallyport-metrics-");
        try
        {
            Assert.InRange(simulation.Manifest.Modules.Length, 4, int.MaxValue);
            foreach (var (index, module) in simulation.Manifest.Modules.Index())
            {
                var page = Path.Combine(folder.FullName, module.Name);
                var address = new Uri($"http://{simulation.Addresses.Module(index)}:{SimulationAddresses.MetricsPort}/metrics");
                var text = await ScrapeAsync(address, token);
                AssertLabels(text);
                await File.WriteAllTextAsync(page, text, token);
                Assert.Equal("", await Command.RunAsync("sh", "-c", "exec \"$0\" check metrics < \"$1\" 2>&1", promtool, page));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Rules over metrics are tried on written days: their series must have the labels that pages have.</summary>
    private static void AssertLabels(string page)
    {
        JsonObject known = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("tests", "Sallyport.Infrastructure.Tests", "labels.json")))!.AsObject();
        Match[] series = [.. Series.Matches(page).Where(one => known.ContainsKey(one.Groups["name"].Value))];
        Assert.NotEmpty(series);
        Assert.All(series, one =>
        {
            string[] labels = [.. Label.Matches(one.Groups["labels"].Value).Select(static label => label.Groups["name"].Value).Except(CommonLabels, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            Assert.Contains(string.Join(',', labels), known[one.Groups["name"].Value]!.AsArray().Select(static set => string.Join(',', set!.AsArray().Select(static label => label!.ToString()))));
        });
    }

    /// <summary>Waits until the module serves, and until it has connected: then most of its metrics are there.</summary>
    private static async Task<string> ScrapeAsync(Uri address, CancellationToken token)
    {
        using var http = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (true)
        {
            try
            {
                var page = await http.GetStringAsync(address, token);
                if (page.Contains("sallyport_module_healthy", StringComparison.Ordinal) && page.Contains("sallyport_hub_connected{", StringComparison.Ordinal))
                {
                    return page;
                }
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException || e.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                // It has not begun yet.
            }

            _ = await timer.WaitForNextTickAsync(token);
        }
    }

    [GeneratedRegex(@"^(?<name>sallyport_\w+)\{(?<labels>.*)\} ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Series { get; }

    [GeneratedRegex(@"(?<name>\w+)=""(\\.|[^""\\])*""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label { get; }
}
