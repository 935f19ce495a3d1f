using System.Net;
using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>The controllers are on an island.</summary>
internal sealed class FieldRoute : HostCheck<RouteFacts>
{
    public override string Id => "field-route";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "No route leads from the field network to the Internet.";

    public override string Iec62443 => "SR 5.1, SR 5.2";

    public override string Nist80082 => "SC-7, AC-4";

    public override string Remedy => "Take the gateway out of the settings of the field interface, and let the forward chain of the firewall drop.";

    private protected override Section<RouteFacts> SectionOf(HostReport report) => report.Routes;

    private protected override PostureVerdict Judge(RouteFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        if (policy.FieldInterfaces.IsEmpty)
        {
            return PostureVerdict.CannotTell("Nobody said which interface leads to the controllers: name it in fieldInterfaces.");
        }

        string[] missing = [.. policy.FieldInterfaces.Except(found.Interfaces, StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            return PostureVerdict.CannotTell($"The host has no interface {string.Join(", ", missing)}.");
        }

        return PostureVerdict.Of(
            [.. found.Routes.Where(route => policy.FieldInterfaces.Contains(route.Interface, StringComparer.Ordinal) && LeadsAway(route)).Select(Words)],
            $"No route leads away through {string.Join(", ", policy.FieldInterfaces)}.");
    }

    private static string Words(HostRoute route) =>
        $"{route.Destination} leads through {route.Interface}{(route.Gateway is null ? "" : $" by {route.Gateway}")}";

    // Everything, a half of everything, or addresses that are no private ones. What cannot be understood leads away.
    private static bool LeadsAway(HostRoute route) =>
        !IPNetwork.TryParse(route.Destination, out IPNetwork destination)
        || !Array.Exists(Private, network => network.PrefixLength <= destination.PrefixLength && network.Contains(destination.BaseAddress));

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"), IPNetwork.Parse("::1/128"),
    ];
}
