using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sallyport.Simulator.Terminal;

namespace Sallyport.Simulator;

/// <summary>Reads what flows through edgeHub from its own metrics page, as anybody else would.</summary>
internal static partial class EdgeHubFlow
{
    /// <summary>Messages that were delivered, by sender, output and receiver.</summary>
    /// <param name="metrics">The page.</param>
    public static ImmutableArray<RouteCount> Read(string metrics) =>
    [
        .. Sent().Matches(metrics)
            .Select(match => (Labels: match.Groups["labels"].Value, Value: match.Groups["value"].Value))
            .Select(sent => new RouteCount(
                $"{ModuleOf(Label(sent.Labels, "from"))}.{Label(sent.Labels, "from_route_output")} → {Receiver(sent.Labels)}",
                (long)double.Parse(sent.Value, CultureInfo.InvariantCulture)))
            .GroupBy(count => count.Route, StringComparer.Ordinal)
            .Select(route => new RouteCount(route.Key, route.Sum(count => count.Messages))),
    ];

    private static string Receiver(string labels) => Label(labels, "to_route_input") is { Length: > 0 } input
        ? $"{ModuleOf(Label(labels, "to"))}.{input}"
        : Label(labels, "to");

    private static string ModuleOf(string clientId) => clientId[(clientId.LastIndexOf('/') + 1)..];

    private static string Label(string labels, string name) =>
        OneLabel().Matches(labels).FirstOrDefault(match => string.Equals(match.Groups["name"].Value, name, StringComparison.Ordinal)) is { } found
            ? found.Groups["value"].Value
            : string.Empty;

    [GeneratedRegex("^edgehub_messages_sent_total\\{(?<labels>[^}]*)\\} (?<value>\\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sent();

    [GeneratedRegex("(?<name>[a-z_]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneLabel();
}
