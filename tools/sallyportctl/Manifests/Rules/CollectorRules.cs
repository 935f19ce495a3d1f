using System.Collections.Immutable;
using Sallyport.Manifest.Routing;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>The metrics collector, which is Microsoft's.</summary>
internal static class CollectorRules
{
    private const string Image = "azureiotedge-metrics-collector";
    private const string Endpoints = "MetricsEndpointsCSV";

    // 1.x wrote to an interface of Log Analytics that is gone since September 2026.
    private static readonly Version First = new(2, 0);

    /// <summary>The rules.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        new(
            "metrics-collector",
            RuleSeverity.Error,
            "The metrics collector is 2.0 or later and sends its metrics as messages through edgeHub, with a route to IoT Hub: it needs neither a way out of its own nor a key.",
            "Set UploadTarget to IotMessage, add a route from the module to $upstream, and take every variable of Log Analytics away.",
            static document => document.Modules.Where(IsCollector).SelectMany(collector => Collector(document, collector))),
        new(
            "metrics-endpoints",
            RuleSeverity.Warning,
            "The metrics of each module, of edgeHub and of edgeAgent are collected.",
            $"Add http://NAME:9600/metrics to {Endpoints} of the module metrics collector.",
            static document => Uncollected(document)),
    ];

    private static bool IsCollector(Container container) => ImageReference.TryParse(container.Image.AsText(), out ImageReference? image) && image.IsNamed(Image);

    private static IEnumerable<Complaint> Collector(DeploymentDocument document, Container collector)
    {
        _ = ImageReference.TryParse(collector.Image.AsText(), out ImageReference? image);
        if (!Version.TryParse(image!.Tag, out Version? version) || version < First)
        {
            yield return new Complaint(collector.Image.Pointer, $"\"{image}\" does not say that it is {First} or later.");
        }

        if (collector.Variable("UploadTarget") is not "IotMessage")
        {
            yield return new Complaint($"{collector.Node.Pointer}/env/UploadTarget", "It is not IotMessage.");
        }

        foreach ((string name, _, string pointer) in collector.Environment.Where(variable => variable.Name.StartsWith("LogAnalytics", StringComparison.Ordinal)))
        {
            yield return new Complaint(pointer, $"{name} is of the versions before {First}.");
        }

        if (!document.Routes.OfType<RouteEntry.Read>().Any(route => route.Route.Sink is RouteSink.Upstream && RouteRules.IsFrom(route.Route, collector.Name)))
        {
            yield return new Complaint($"{document.Hub.Pointer}/routes", $"No route takes what {collector.Name} sends to $upstream.");
        }
    }

    private static IEnumerable<Complaint> Uncollected(DeploymentDocument document)
    {
        Container[] collectors = [.. document.Modules.Where(IsCollector)];
        if (collectors.Length is 0)
        {
            return [new Complaint($"{document.Agent.Pointer}/modules", $"There is no {Image}.")];
        }

        string[] hosts = [.. collectors.SelectMany(collector => (collector.Variable(Endpoints) ?? "").Split(',', StringSplitOptions.TrimEntries))
            .Select(address => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? uri.Host : "")];
        return document.Containers.Where(container => (container.IsSystem || container.IsOurs) && !hosts.Contains(container.Name, StringComparer.OrdinalIgnoreCase))
            .Select(container => new Complaint($"{collectors[0].Node.Pointer}/env/{Endpoints}", $"It has no address of {container.Name}."));
    }
}
