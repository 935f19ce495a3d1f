using System.Text.RegularExpressions;
using Sallyport.Telemetry;

namespace Sallyport.Infrastructure.Tests;

/// <summary>Where the hub hands messages on to.</summary>
public sealed partial class RouteTests
{
    [Fact]
    public async Task Every_type_of_message_goes_to_one_stream_and_what_is_to_be_kept_to_the_archive()
    {
        (string Condition, string Endpoint)[] routes = [.. await RoutesAsync()];
        var ways = MessageType.All.Select(type =>
        {
            var endpoints = routes.Where(route => Named(route.Condition).Contains(type.Name, StringComparer.Ordinal)).Select(static route => route.Endpoint);
            return $"{type.Name}: {string.Join(", ", endpoints)}";
        });
        Assert.Equal(
            [
                "telemetry: telemetry, archive",
                "status: telemetry, archive",
                "metadata: telemetry, archive",
                "security: security, archive",
                "posture: security, archive",
                "audit: security, archive",
                "diag: metrics",
                "metrics: metrics",
            ],
            ways);
    }

    [Fact]
    public async Task A_route_names_no_type_that_there_is_not() => Assert.All(
        (await RoutesAsync()).SelectMany(static route => Named(route.Condition)), static type => Assert.True(MessageType.TryParse(type, out _)));

    [Fact]
    public async Task A_message_of_an_unknown_type_is_not_hidden_by_a_route_that_takes_everything() =>
        Assert.DoesNotContain(await RoutesAsync(), static route => route.Condition is "true");

    private static IEnumerable<string> Named(string condition) => Types.Matches(condition).Select(static match => match.Groups["type"].Value);

    private static async Task<IEnumerable<(string Condition, string Endpoint)>> RoutesAsync()
    {
        Resource hub = Assert.Single((await Templates.SnapshotOfAsync("prod")).Of("Microsoft.Devices/IotHubs"));
        return hub.At("routing", "routes")!.AsArray()
            .Where(static route => route!["source"]!.ToString() is "DeviceMessages")
            .Select(static route => (route!["condition"]!.ToString(), Assert.Single(route["endpointNames"]!.AsArray())!.ToString()));
    }

    [GeneratedRegex("msgType = \"(?<type>[a-z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Types { get; }
}
